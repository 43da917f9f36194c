using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace RulePortal.Migrations.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class LateDataAndGaps : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "LateBatchSeq",
                table: "RuleWindows",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "LateSentence",
                table: "RuleWindows",
                type: "TEXT",
                maxLength: 1000,
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "LateVerdict",
                table: "RuleWindows",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "LookbackFromUtc",
                table: "RuleWindows",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "ReadFromUtc",
                table: "RuleWindows",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "SeenBatchSeq",
                table: "RuleWindows",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "WithdrawnBatchSeq",
                table: "RuleWindows",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "ExpectedSeconds",
                table: "ConnectionSources",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "RuleGaps",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    RuleId = table.Column<Guid>(type: "TEXT", nullable: false),
                    StartUtc = table.Column<DateTime>(type: "TEXT", nullable: false),
                    EndUtc = table.Column<DateTime>(type: "TEXT", nullable: false),
                    NoticedUtc = table.Column<DateTime>(type: "TEXT", nullable: false),
                    Cause = table.Column<int>(type: "INTEGER", nullable: false),
                    ActorName = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_RuleGaps", x => x.Id);
                    table.ForeignKey(
                        name: "FK_RuleGaps_AnalyticsRules_RuleId",
                        column: x => x.RuleId,
                        principalTable: "AnalyticsRules",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_RuleWindows_LateVerdict_EndUtc",
                table: "RuleWindows",
                columns: new[] { "LateVerdict", "EndUtc" },
                filter: "[LateVerdict] IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_RuleGaps_RuleId_EndUtc",
                table: "RuleGaps",
                columns: new[] { "RuleId", "EndUtc" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "RuleGaps");

            migrationBuilder.DropIndex(
                name: "IX_RuleWindows_LateVerdict_EndUtc",
                table: "RuleWindows");

            migrationBuilder.DropColumn(
                name: "LateBatchSeq",
                table: "RuleWindows");

            migrationBuilder.DropColumn(
                name: "LateSentence",
                table: "RuleWindows");

            migrationBuilder.DropColumn(
                name: "LateVerdict",
                table: "RuleWindows");

            migrationBuilder.DropColumn(
                name: "LookbackFromUtc",
                table: "RuleWindows");

            migrationBuilder.DropColumn(
                name: "ReadFromUtc",
                table: "RuleWindows");

            migrationBuilder.DropColumn(
                name: "SeenBatchSeq",
                table: "RuleWindows");

            migrationBuilder.DropColumn(
                name: "WithdrawnBatchSeq",
                table: "RuleWindows");

            migrationBuilder.DropColumn(
                name: "ExpectedSeconds",
                table: "ConnectionSources");
        }
    }
}
