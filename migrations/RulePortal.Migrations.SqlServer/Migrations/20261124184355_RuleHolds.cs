using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace RulePortal.Migrations.SqlServer.Migrations
{
    /// <inheritdoc />
    public partial class RuleHolds : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "IsHoldWaived",
                table: "RuleWindows",
                type: "bit",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<int>(
                name: "HeldResultCount",
                table: "AnalyticsRules",
                type: "int",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "HeldUtc",
                table: "AnalyticsRules",
                type: "datetime2",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "HeldWindowEndUtc",
                table: "AnalyticsRules",
                type: "datetime2",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "HeldWindowId",
                table: "AnalyticsRules",
                type: "bigint",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "IsHoldWaived",
                table: "RuleWindows");

            migrationBuilder.DropColumn(
                name: "HeldResultCount",
                table: "AnalyticsRules");

            migrationBuilder.DropColumn(
                name: "HeldUtc",
                table: "AnalyticsRules");

            migrationBuilder.DropColumn(
                name: "HeldWindowEndUtc",
                table: "AnalyticsRules");

            migrationBuilder.DropColumn(
                name: "HeldWindowId",
                table: "AnalyticsRules");
        }
    }
}
