using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace PatientPortal.Scheduling.Data.Migrations
{
    /// <inheritdoc />
    sealed partial class ChartMerges : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "may_overlap",
                table: "scheduling_appointments",
                nullable: false,
                defaultValue: false);

            migrationBuilder.CreateTable(
                name: "scheduling_chart_moves",
                columns: table => new
                {
                    merge_id = table.Column<Guid>(nullable: false),
                    table_name = table.Column<string>(maxLength: 100, nullable: false),
                    row_key = table.Column<string>(maxLength: 600, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_scheduling_chart_moves", x => new { x.merge_id, x.table_name, x.row_key });
                });

            migrationBuilder.CreateTable(
                name: "scheduling_joined_charts",
                columns: table => new
                {
                    merge_id = table.Column<Guid>(nullable: false),
                    from_id = table.Column<Guid>(nullable: false),
                    into_id = table.Column<Guid>(nullable: false),
                    at = table.Column<long>(nullable: false),
                    undone_at = table.Column<long>(nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_scheduling_joined_charts", x => x.merge_id);
                });

            migrationBuilder.CreateIndex(
                name: "ix_scheduling_joined_charts_from_id",
                table: "scheduling_joined_charts",
                column: "from_id");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "scheduling_chart_moves");

            migrationBuilder.DropTable(
                name: "scheduling_joined_charts");

            migrationBuilder.DropColumn(
                name: "may_overlap",
                table: "scheduling_appointments");
        }
    }
}
