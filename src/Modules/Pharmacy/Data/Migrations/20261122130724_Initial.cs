using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace PatientPortal.Pharmacy.Data.Migrations
{
    /// <inheritdoc />
    sealed partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "pharmacy_fills",
                columns: table => new
                {
                    id = table.Column<Guid>(nullable: false),
                    patient_id = table.Column<Guid>(nullable: false),
                    source = table.Column<string>(maxLength: 128, nullable: false),
                    source_id = table.Column<string>(maxLength: 128, nullable: false),
                    prescription_id = table.Column<string>(maxLength: 128, nullable: true),
                    name = table.Column<byte[]>(nullable: true),
                    substance_id = table.Column<string>(maxLength: 128, nullable: true),
                    dosage = table.Column<byte[]>(nullable: true),
                    on = table.Column<DateOnly>(nullable: true),
                    days_supply = table.Column<int>(nullable: true),
                    counts = table.Column<bool>(nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_pharmacy_fills", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "pharmacy_known_patients",
                columns: table => new
                {
                    id = table.Column<Guid>(nullable: false),
                    name = table.Column<string>(maxLength: 200, nullable: false),
                    birth_date = table.Column<DateOnly>(nullable: false),
                    time_zone = table.Column<string>(maxLength: 64, nullable: false),
                    language = table.Column<string>(maxLength: 8, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_pharmacy_known_patients", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "pharmacy_medications",
                columns: table => new
                {
                    id = table.Column<Guid>(nullable: false),
                    patient_id = table.Column<Guid>(nullable: false),
                    source = table.Column<string>(maxLength: 128, nullable: false),
                    source_id = table.Column<string>(maxLength: 128, nullable: false),
                    status = table.Column<string>(maxLength: 40, nullable: false),
                    self_reported = table.Column<bool>(nullable: false),
                    inpatient = table.Column<bool>(nullable: false),
                    as_needed = table.Column<bool>(nullable: false),
                    name = table.Column<byte[]>(nullable: true),
                    substance_id = table.Column<string>(maxLength: 128, nullable: true),
                    dosage = table.Column<byte[]>(nullable: true),
                    reason = table.Column<byte[]>(nullable: true),
                    prescriber = table.Column<byte[]>(nullable: true),
                    authored_on = table.Column<DateOnly>(nullable: true),
                    valid_until = table.Column<DateOnly>(nullable: true),
                    repeats = table.Column<int>(nullable: true),
                    days_supply = table.Column<int>(nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_pharmacy_medications", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "pharmacy_pharmacies",
                columns: table => new
                {
                    id = table.Column<Guid>(nullable: false),
                    name = table.Column<string>(maxLength: 200, nullable: false),
                    address = table.Column<string>(maxLength: 300, nullable: false),
                    phone = table.Column<string>(maxLength: 40, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_pharmacy_pharmacies", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "pharmacy_refills",
                columns: table => new
                {
                    id = table.Column<Guid>(nullable: false),
                    patient_id = table.Column<Guid>(nullable: false),
                    medication_id = table.Column<Guid>(nullable: false),
                    open_for = table.Column<Guid>(nullable: true),
                    is_renewal = table.Column<bool>(nullable: false),
                    medication = table.Column<byte[]>(nullable: false),
                    pharmacy_id = table.Column<Guid>(nullable: true),
                    note = table.Column<byte[]>(nullable: true),
                    state = table.Column<string>(maxLength: 40, nullable: false),
                    asked_at = table.Column<long>(nullable: false),
                    asked_by = table.Column<string>(maxLength: 200, nullable: false),
                    changed_at = table.Column<long>(nullable: false),
                    reason = table.Column<byte[]>(nullable: true),
                    next_step = table.Column<byte[]>(nullable: true),
                    version = table.Column<int>(nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_pharmacy_refills", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "pharmacy_resources",
                columns: table => new
                {
                    id = table.Column<Guid>(nullable: false),
                    patient_id = table.Column<Guid>(nullable: true),
                    source = table.Column<string>(maxLength: 128, nullable: false),
                    type = table.Column<string>(maxLength: 40, nullable: false),
                    source_id = table.Column<string>(maxLength: 128, nullable: false),
                    json = table.Column<byte[]>(nullable: false),
                    last_updated = table.Column<long>(nullable: true),
                    arrived_at = table.Column<long>(nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_pharmacy_resources", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "pharmacy_substances",
                columns: table => new
                {
                    id = table.Column<Guid>(nullable: false),
                    source = table.Column<string>(maxLength: 128, nullable: false),
                    source_id = table.Column<string>(maxLength: 128, nullable: false),
                    name = table.Column<byte[]>(nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_pharmacy_substances", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "pharmacy_refill_steps",
                columns: table => new
                {
                    refill_id = table.Column<Guid>(nullable: false),
                    number = table.Column<int>(nullable: false),
                    state = table.Column<string>(maxLength: 40, nullable: false),
                    at = table.Column<long>(nullable: false),
                    by = table.Column<string>(maxLength: 200, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_pharmacy_refill_steps", x => new { x.refill_id, x.number });
                    table.ForeignKey(
                        name: "fk_pharmacy_refill_steps_refill_id",
                        column: x => x.refill_id,
                        principalTable: "pharmacy_refills",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_pharmacy_fills_patient_id",
                table: "pharmacy_fills",
                column: "patient_id");

            migrationBuilder.CreateIndex(
                name: "ix_pharmacy_medications_patient_id",
                table: "pharmacy_medications",
                column: "patient_id");

            migrationBuilder.CreateIndex(
                name: "ix_pharmacy_refills_open_for",
                table: "pharmacy_refills",
                column: "open_for",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_pharmacy_refills_patient_id_asked_at",
                table: "pharmacy_refills",
                columns: new[] { "patient_id", "asked_at" });

            migrationBuilder.CreateIndex(
                name: "ix_pharmacy_refills_state_asked_at",
                table: "pharmacy_refills",
                columns: new[] { "state", "asked_at" });

            migrationBuilder.CreateIndex(
                name: "ix_pharmacy_resources_patient_id_type",
                table: "pharmacy_resources",
                columns: new[] { "patient_id", "type" });

            migrationBuilder.CreateIndex(
                name: "ix_pharmacy_resources_source_type_source_id",
                table: "pharmacy_resources",
                columns: new[] { "source", "type", "source_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_pharmacy_substances_source_source_id",
                table: "pharmacy_substances",
                columns: new[] { "source", "source_id" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "pharmacy_fills");

            migrationBuilder.DropTable(
                name: "pharmacy_known_patients");

            migrationBuilder.DropTable(
                name: "pharmacy_medications");

            migrationBuilder.DropTable(
                name: "pharmacy_pharmacies");

            migrationBuilder.DropTable(
                name: "pharmacy_refill_steps");

            migrationBuilder.DropTable(
                name: "pharmacy_resources");

            migrationBuilder.DropTable(
                name: "pharmacy_substances");

            migrationBuilder.DropTable(
                name: "pharmacy_refills");
        }
    }
}
