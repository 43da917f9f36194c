using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace RulePortal.Migrations.SqlServer.Migrations
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
                type: "int",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.CreateTable(
                name: "RetentionMarks",
                columns: table => new
                {
                    Part = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    KeptFromUtc = table.Column<DateTime>(type: "datetime2", nullable: false),
                    RemovedRows = table.Column<long>(type: "bigint", nullable: false),
                    DoneUtc = table.Column<DateTime>(type: "datetime2", nullable: true)
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
