using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace PatientPortal.Scheduling.Data.Migrations
{
    /// <inheritdoc />
    sealed partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "scheduling_arrived_appointments",
                columns: table => new
                {
                    id = table.Column<Guid>(nullable: false),
                    patient_id = table.Column<Guid>(nullable: false),
                    source = table.Column<string>(maxLength: 200, nullable: false),
                    fhir_id = table.Column<string>(maxLength: 64, nullable: false),
                    last_updated = table.Column<long>(nullable: true),
                    appointment_id = table.Column<Guid>(nullable: true),
                    body = table.Column<byte[]>(nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_scheduling_arrived_appointments", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "scheduling_known_patients",
                columns: table => new
                {
                    id = table.Column<Guid>(nullable: false),
                    name = table.Column<string>(maxLength: 200, nullable: false),
                    birth_date = table.Column<DateOnly>(nullable: false),
                    phone = table.Column<string>(maxLength: 60, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_scheduling_known_patients", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "scheduling_locations",
                columns: table => new
                {
                    id = table.Column<Guid>(nullable: false),
                    number = table.Column<int>(nullable: false),
                    name = table.Column<string>(maxLength: 200, nullable: false),
                    address = table.Column<string>(maxLength: 400, nullable: false),
                    phone = table.Column<string>(maxLength: 40, nullable: false),
                    zone = table.Column<string>(maxLength: 60, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_scheduling_locations", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "scheduling_providers",
                columns: table => new
                {
                    id = table.Column<Guid>(nullable: false),
                    number = table.Column<int>(nullable: false),
                    name = table.Column<string>(maxLength: 200, nullable: false),
                    title = table.Column<string>(maxLength: 200, nullable: false),
                    active = table.Column<bool>(nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_scheduling_providers", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "scheduling_supply_versions",
                columns: table => new
                {
                    id = table.Column<int>(nullable: false),
                    number = table.Column<long>(nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_scheduling_supply_versions", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "scheduling_visit_types",
                columns: table => new
                {
                    id = table.Column<Guid>(nullable: false),
                    number = table.Column<int>(nullable: false),
                    name = table.Column<string>(maxLength: 200, nullable: false),
                    spanish_name = table.Column<string>(maxLength: 200, nullable: false),
                    description = table.Column<string>(maxLength: 400, nullable: false),
                    by_patients = table.Column<bool>(nullable: false),
                    minutes = table.Column<int>(nullable: false),
                    lead_minutes = table.Column<int>(nullable: false),
                    horizon_days = table.Column<int>(nullable: false),
                    cut_off_minutes = table.Column<int>(nullable: false),
                    instructions = table.Column<string>(maxLength: 1000, nullable: false),
                    position = table.Column<int>(nullable: false),
                    active = table.Column<bool>(nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_scheduling_visit_types", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "scheduling_weekly_hours",
                columns: table => new
                {
                    id = table.Column<Guid>(nullable: false),
                    provider_id = table.Column<Guid>(nullable: false),
                    location_id = table.Column<Guid>(nullable: false),
                    day = table.Column<string>(maxLength: 40, nullable: false),
                    from = table.Column<TimeOnly>(nullable: false),
                    to = table.Column<TimeOnly>(nullable: false),
                    valid_from = table.Column<DateOnly>(nullable: false),
                    valid_to = table.Column<DateOnly>(nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_scheduling_weekly_hours", x => x.id);
                    table.ForeignKey(
                        name: "fk_scheduling_weekly_hours_location_id",
                        column: x => x.location_id,
                        principalTable: "scheduling_locations",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_scheduling_weekly_hours_provider_id",
                        column: x => x.provider_id,
                        principalTable: "scheduling_providers",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "scheduling_appointments",
                columns: table => new
                {
                    id = table.Column<Guid>(nullable: false),
                    patient_id = table.Column<Guid>(nullable: false),
                    provider_id = table.Column<Guid>(nullable: true),
                    location_id = table.Column<Guid>(nullable: true),
                    visit_type_id = table.Column<Guid>(nullable: true),
                    starts_at = table.Column<long>(nullable: false),
                    ends_at = table.Column<long>(nullable: false),
                    zone = table.Column<string>(maxLength: 60, nullable: false),
                    status = table.Column<string>(maxLength: 40, nullable: false),
                    holds_time = table.Column<bool>(nullable: false),
                    code = table.Column<string>(maxLength: 12, nullable: true),
                    reason = table.Column<byte[]>(nullable: true),
                    description = table.Column<byte[]>(nullable: true),
                    booked_at = table.Column<long>(nullable: false),
                    cancelled_at = table.Column<long>(nullable: true),
                    cancel_reason = table.Column<byte[]>(nullable: true),
                    cancelled_by_staff = table.Column<bool>(nullable: false),
                    source = table.Column<string>(maxLength: 200, nullable: true),
                    version = table.Column<int>(nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_scheduling_appointments", x => x.id);
                    table.CheckConstraint("ck_scheduling_appointments_length", "NOT holds_time OR (ends_at > starts_at AND ends_at - starts_at <= 28800000000)");
                    table.ForeignKey(
                        name: "fk_scheduling_appointments_location_id",
                        column: x => x.location_id,
                        principalTable: "scheduling_locations",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_scheduling_appointments_provider_id",
                        column: x => x.provider_id,
                        principalTable: "scheduling_providers",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_scheduling_appointments_visit_type_id",
                        column: x => x.visit_type_id,
                        principalTable: "scheduling_visit_types",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "scheduling_offerings",
                columns: table => new
                {
                    provider_id = table.Column<Guid>(nullable: false),
                    visit_type_id = table.Column<Guid>(nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_scheduling_offerings", x => new { x.provider_id, x.visit_type_id });
                    table.ForeignKey(
                        name: "fk_scheduling_offerings_provider_id",
                        column: x => x.provider_id,
                        principalTable: "scheduling_providers",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_scheduling_offerings_visit_type_id",
                        column: x => x.visit_type_id,
                        principalTable: "scheduling_visit_types",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "scheduling_reminders",
                columns: table => new
                {
                    id = table.Column<Guid>(nullable: false),
                    appointment_id = table.Column<Guid>(nullable: false),
                    due_at = table.Column<long>(nullable: false),
                    state = table.Column<string>(maxLength: 40, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_scheduling_reminders", x => x.id);
                    table.ForeignKey(
                        name: "fk_scheduling_reminders_appointment_id",
                        column: x => x.appointment_id,
                        principalTable: "scheduling_appointments",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_scheduling_appointments_code",
                table: "scheduling_appointments",
                column: "code",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_scheduling_appointments_location_id",
                table: "scheduling_appointments",
                column: "location_id");

            migrationBuilder.CreateIndex(
                name: "ix_scheduling_appointments_patient_id_starts_at_id_holds_time",
                table: "scheduling_appointments",
                columns: new[] { "patient_id", "starts_at", "id", "holds_time" });

            migrationBuilder.CreateIndex(
                name: "ix_scheduling_appointments_provider_id_starts_at_ends_at",
                table: "scheduling_appointments",
                columns: new[] { "provider_id", "starts_at", "ends_at" },
                filter: "holds_time");

            migrationBuilder.CreateIndex(
                name: "ix_scheduling_appointments_starts_at_provider_id_ends_at_holds_time",
                table: "scheduling_appointments",
                columns: new[] { "starts_at", "provider_id", "ends_at", "holds_time" });

            migrationBuilder.CreateIndex(
                name: "ix_scheduling_appointments_visit_type_id",
                table: "scheduling_appointments",
                column: "visit_type_id");

            migrationBuilder.CreateIndex(
                name: "ix_scheduling_arrived_appointments_source_fhir_id",
                table: "scheduling_arrived_appointments",
                columns: new[] { "source", "fhir_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_scheduling_locations_number",
                table: "scheduling_locations",
                column: "number",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_scheduling_offerings_visit_type_id",
                table: "scheduling_offerings",
                column: "visit_type_id");

            migrationBuilder.CreateIndex(
                name: "ix_scheduling_providers_number",
                table: "scheduling_providers",
                column: "number",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_scheduling_reminders_appointment_id",
                table: "scheduling_reminders",
                column: "appointment_id");

            migrationBuilder.CreateIndex(
                name: "ix_scheduling_reminders_state_due_at",
                table: "scheduling_reminders",
                columns: new[] { "state", "due_at" });

            migrationBuilder.CreateIndex(
                name: "ix_scheduling_visit_types_number",
                table: "scheduling_visit_types",
                column: "number",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_scheduling_weekly_hours_location_id",
                table: "scheduling_weekly_hours",
                column: "location_id");

            migrationBuilder.CreateIndex(
                name: "ix_scheduling_weekly_hours_provider_id",
                table: "scheduling_weekly_hours",
                column: "provider_id");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "scheduling_arrived_appointments");

            migrationBuilder.DropTable(
                name: "scheduling_known_patients");

            migrationBuilder.DropTable(
                name: "scheduling_offerings");

            migrationBuilder.DropTable(
                name: "scheduling_reminders");

            migrationBuilder.DropTable(
                name: "scheduling_supply_versions");

            migrationBuilder.DropTable(
                name: "scheduling_weekly_hours");

            migrationBuilder.DropTable(
                name: "scheduling_appointments");

            migrationBuilder.DropTable(
                name: "scheduling_locations");

            migrationBuilder.DropTable(
                name: "scheduling_providers");

            migrationBuilder.DropTable(
                name: "scheduling_visit_types");
        }
    }
}
