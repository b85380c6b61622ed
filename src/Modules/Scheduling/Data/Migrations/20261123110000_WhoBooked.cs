using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace PatientPortal.Scheduling.Data.Migrations
{
    /// <inheritdoc />
    sealed partial class WhoBooked : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "booked_by",
                table: "scheduling_appointments",
                maxLength: 320,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "cancelled_by",
                table: "scheduling_appointments",
                maxLength: 320,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "moved_by",
                table: "scheduling_appointments",
                maxLength: 320,
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "booked_by",
                table: "scheduling_appointments");

            migrationBuilder.DropColumn(
                name: "cancelled_by",
                table: "scheduling_appointments");

            migrationBuilder.DropColumn(
                name: "moved_by",
                table: "scheduling_appointments");
        }
    }
}
