using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace RulePortal.Migrations.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class AttemptExclusions : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "ExclusionCount",
                table: "RuleAttempts",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<bool>(
                name: "IsExclusionCut",
                table: "RuleAttempts",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.CreateTable(
                name: "AttemptExclusions",
                columns: table => new
                {
                    AttemptId = table.Column<long>(type: "INTEGER", nullable: false),
                    Ordinal = table.Column<int>(type: "INTEGER", nullable: false),
                    AlertId = table.Column<long>(type: "INTEGER", nullable: false),
                    Country = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    StartUtc = table.Column<DateTime>(type: "TEXT", nullable: false),
                    EndUtc = table.Column<DateTime>(type: "TEXT", nullable: false),
                    Rows = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AttemptExclusions", x => new { x.AttemptId, x.Ordinal });
                    table.ForeignKey(
                        name: "FK_AttemptExclusions_RuleAttempts_AttemptId",
                        column: x => x.AttemptId,
                        principalTable: "RuleAttempts",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "AttemptExclusions");

            migrationBuilder.DropColumn(
                name: "ExclusionCount",
                table: "RuleAttempts");

            migrationBuilder.DropColumn(
                name: "IsExclusionCut",
                table: "RuleAttempts");
        }
    }
}
