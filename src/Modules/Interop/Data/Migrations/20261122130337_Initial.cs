using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace PatientPortal.Interop.Data.Migrations
{
    /// <inheritdoc />
    sealed partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "interop_arrival_parts",
                columns: table => new
                {
                    arrival_id = table.Column<Guid>(nullable: false),
                    number = table.Column<int>(nullable: false),
                    content = table.Column<byte[]>(nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_interop_arrival_parts", x => new { x.arrival_id, x.number });
                });

            migrationBuilder.CreateTable(
                name: "interop_arrivals",
                columns: table => new
                {
                    id = table.Column<Guid>(nullable: false),
                    source = table.Column<string>(maxLength: 100, nullable: false),
                    received_at = table.Column<long>(nullable: false),
                    by_account = table.Column<Guid>(nullable: false),
                    by_name = table.Column<string>(nullable: false),
                    file_name = table.Column<byte[]>(nullable: true),
                    bytes = table.Column<int>(nullable: false),
                    sha256 = table.Column<byte[]>(nullable: false),
                    state = table.Column<string>(maxLength: 40, nullable: false),
                    moved_at = table.Column<long>(nullable: false),
                    ended_at = table.Column<long>(nullable: true),
                    problem_code = table.Column<string>(nullable: true),
                    problem = table.Column<string>(nullable: true),
                    resources = table.Column<int>(nullable: false),
                    created = table.Column<int>(nullable: false),
                    updated = table.Column<int>(nullable: false),
                    unchanged = table.Column<int>(nullable: false),
                    quarantined = table.Column<int>(nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_interop_arrivals", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "interop_arrived_items",
                columns: table => new
                {
                    arrival_id = table.Column<Guid>(nullable: false),
                    position = table.Column<int>(nullable: false),
                    type = table.Column<string>(nullable: false),
                    resource_id = table.Column<string>(nullable: true),
                    reference = table.Column<string>(nullable: false),
                    owner = table.Column<string>(nullable: false),
                    patient_reference = table.Column<string>(nullable: true),
                    patient_element = table.Column<string>(nullable: true),
                    start = table.Column<int>(nullable: false),
                    length = table.Column<int>(nullable: false),
                    outcome = table.Column<string>(maxLength: 40, nullable: false),
                    batch_id = table.Column<Guid>(nullable: true),
                    element = table.Column<string>(nullable: true),
                    reason = table.Column<string>(nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_interop_arrived_items", x => new { x.arrival_id, x.position });
                });

            migrationBuilder.CreateTable(
                name: "interop_known_patients",
                columns: table => new
                {
                    source = table.Column<string>(maxLength: 100, nullable: false),
                    reference = table.Column<string>(nullable: false),
                    patient_id = table.Column<Guid>(nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_interop_known_patients", x => new { x.source, x.reference });
                });

            migrationBuilder.CreateTable(
                name: "interop_prescribed_medications",
                columns: table => new
                {
                    source = table.Column<string>(maxLength: 100, nullable: false),
                    resource_id = table.Column<string>(nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_interop_prescribed_medications", x => new { x.source, x.resource_id });
                });

            migrationBuilder.CreateIndex(
                name: "ix_interop_arrivals_received_at_id",
                table: "interop_arrivals",
                columns: new[] { "received_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_interop_arrivals_state_moved_at",
                table: "interop_arrivals",
                columns: new[] { "state", "moved_at" });

            migrationBuilder.CreateIndex(
                name: "ix_interop_arrived_items_arrival_id_outcome_position",
                table: "interop_arrived_items",
                columns: new[] { "arrival_id", "outcome", "position" });

            migrationBuilder.CreateIndex(
                name: "ix_interop_arrived_items_batch_id",
                table: "interop_arrived_items",
                column: "batch_id");

            migrationBuilder.CreateIndex(
                name: "ix_interop_arrived_items_lane",
                table: "interop_arrived_items",
                columns: new[] { "arrival_id", "outcome", "patient_reference", "owner", "position" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "interop_arrival_parts");

            migrationBuilder.DropTable(
                name: "interop_arrivals");

            migrationBuilder.DropTable(
                name: "interop_arrived_items");

            migrationBuilder.DropTable(
                name: "interop_known_patients");

            migrationBuilder.DropTable(
                name: "interop_prescribed_medications");
        }
    }
}
