using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace RulePortal.Migrations.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class Retention : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "RemovedRows",
                table: "ConnectionBatches",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.CreateTable(
                name: "RetentionMarks",
                columns: table => new
                {
                    Part = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    KeptFromUtc = table.Column<DateTime>(type: "TEXT", nullable: false),
                    RemovedRows = table.Column<long>(type: "INTEGER", nullable: false),
                    DoneUtc = table.Column<DateTime>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_RetentionMarks", x => x.Part);
                });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "RetentionMarks");

            migrationBuilder.DropColumn(
                name: "RemovedRows",
                table: "ConnectionBatches");
        }
    }
}
