using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace PatientPortal.Identity.Data.Migrations
{
    /// <inheritdoc />
    sealed partial class Joining : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "is_replaced",
                table: "identity_activation_codes",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<long>(
                name: "opened_at",
                table: "identity_activation_codes",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "is_replaced",
                table: "identity_activation_codes");

            migrationBuilder.DropColumn(
                name: "opened_at",
                table: "identity_activation_codes");
        }
    }
}
