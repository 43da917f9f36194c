using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace RulePortal.Migrations.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class CountryIndexCoversTuples : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Connections_DirectionId_RemoteCountryId_TimeGenerated",
                table: "Connections");

            migrationBuilder.CreateIndex(
                name: "IX_Connections_Country",
                table: "Connections",
                columns: new[] { "DirectionId", "RemoteCountryId", "TimeGenerated", "ProcessNameId", "SourceIpId", "DestinationIpId" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Connections_Country",
                table: "Connections");

            migrationBuilder.CreateIndex(
                name: "IX_Connections_DirectionId_RemoteCountryId_TimeGenerated",
                table: "Connections",
                columns: new[] { "DirectionId", "RemoteCountryId", "TimeGenerated" });
        }
    }
}
