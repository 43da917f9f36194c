using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace RulePortal.Migrations.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class ConnectionsView : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_ConnectionBatches_Key",
                table: "ConnectionBatches");

            migrationBuilder.CreateIndex(
                name: "IX_ConnectionBatches_Key",
                table: "ConnectionBatches",
                column: "Key",
                unique: true,
                filter: "[WithdrawnUtc] IS NULL");

            migrationBuilder.Sql(VmConnectionView.Create);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(VmConnectionView.Drop);

            migrationBuilder.DropIndex(
                name: "IX_ConnectionBatches_Key",
                table: "ConnectionBatches");

            migrationBuilder.CreateIndex(
                name: "IX_ConnectionBatches_Key",
                table: "ConnectionBatches",
                column: "Key",
                unique: true);
        }
    }
}
