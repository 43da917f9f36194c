using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace RulePortal.Migrations.SqlServer.Migrations
{
    /// <inheritdoc />
    public partial class PeopleAndKeyNames : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "Origin",
                table: "Sessions",
                type: "nvarchar(100)",
                maxLength: 100,
                nullable: false,
                defaultValue: "unknown");

            migrationBuilder.CreateTable(
                name: "People",
                columns: table => new
                {
                    IdHash = table.Column<byte[]>(type: "varbinary(32)", maxLength: 32, nullable: false),
                    ActorId = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false),
                    Name = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false),
                    Roles = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false),
                    FirstSeenUtc = table.Column<DateTime>(type: "datetime2", nullable: false),
                    LastSeenUtc = table.Column<DateTime>(type: "datetime2", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_People", x => x.IdHash);
                });

            // Two keys in force could get one name when they were made at the same moment; the later one is told apart by its id.
            migrationBuilder.Sql(
                """
                UPDATE [k] SET [Name] = LEFT([k].[Name], 60) + N' ' + CONVERT(nvarchar(36), [k].[Id])
                FROM [ApiKeys] AS [k]
                WHERE [k].[RevokedUtc] IS NULL AND EXISTS (
                    SELECT 1 FROM [ApiKeys] AS [o] WHERE [o].[Name] = [k].[Name] AND [o].[RevokedUtc] IS NULL AND [o].[Id] < [k].[Id]);
                """);

            migrationBuilder.CreateIndex(
                name: "IX_ApiKeys_Name",
                table: "ApiKeys",
                column: "Name",
                unique: true,
                filter: "[RevokedUtc] IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_People_LastSeenUtc",
                table: "People",
                column: "LastSeenUtc");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "People");

            migrationBuilder.DropIndex(
                name: "IX_ApiKeys_Name",
                table: "ApiKeys");

            migrationBuilder.DropColumn(
                name: "Origin",
                table: "Sessions");
        }
    }
}
