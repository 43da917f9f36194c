using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace RulePortal.Migrations.SqlServer.Migrations
{
    /// <inheritdoc />
    public partial class WindowDispatch : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateTime>(
                name: "DispatchedUtc",
                table: "RuleWindows",
                type: "datetime2",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "DispatchedUtc",
                table: "RuleWindows");
        }
    }
}
