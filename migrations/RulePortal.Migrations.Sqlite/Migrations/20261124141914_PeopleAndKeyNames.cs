using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace RulePortal.Migrations.Sqlite.Migrations
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
                type: "TEXT",
                maxLength: 100,
                nullable: false,
                defaultValue: "unknown");

            migrationBuilder.CreateTable(
                name: "People",
                columns: table => new
                {
                    IdHash = table.Column<byte[]>(type: "BLOB", maxLength: 32, nullable: false),
                    ActorId = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    Roles = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    FirstSeenUtc = table.Column<DateTime>(type: "TEXT", nullable: false),
                    LastSeenUtc = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_People", x => x.IdHash);
                });

            // Two keys in force could get one name when they were made at the same moment; the later one is told apart by its id.
            migrationBuilder.Sql(
                """
                UPDATE "ApiKeys" SET "Name" = substr("Name", 1, 60) || ' ' || "Id"
                WHERE "RevokedUtc" IS NULL AND EXISTS (
                    SELECT 1 FROM "ApiKeys" AS "o" WHERE "o"."Name" = "ApiKeys"."Name" AND "o"."RevokedUtc" IS NULL AND "o"."Id" < "ApiKeys"."Id");
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
