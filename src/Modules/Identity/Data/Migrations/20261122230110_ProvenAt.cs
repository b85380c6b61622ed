using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace PatientPortal.Identity.Data.Migrations
{
    /// <inheritdoc />
    sealed partial class ProvenAt : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "proven_at",
                table: "identity_sessions",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "proven_at",
                table: "identity_sessions");
        }
    }
}
