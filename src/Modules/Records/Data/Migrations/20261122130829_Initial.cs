using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace PatientPortal.Records.Data.Migrations
{
    /// <inheritdoc />
    sealed partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "records_entries",
                columns: table => new
                {
                    id = table.Column<Guid>(nullable: false),
                    patient_id = table.Column<Guid>(nullable: false),
                    section = table.Column<string>(maxLength: 40, nullable: false),
                    at = table.Column<long>(nullable: false),
                    shown = table.Column<bool>(nullable: false),
                    item = table.Column<byte[]>(nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_records_entries", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "records_former_versions",
                columns: table => new
                {
                    id = table.Column<Guid>(nullable: false),
                    resource_id = table.Column<Guid>(nullable: false),
                    version = table.Column<int>(nullable: false),
                    last_updated = table.Column<long>(nullable: true),
                    arrived_at = table.Column<long>(nullable: false),
                    replaced_at = table.Column<long>(nullable: false),
                    json = table.Column<byte[]>(nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_records_former_versions", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "records_holds",
                columns: table => new
                {
                    id = table.Column<Guid>(nullable: false),
                    result_id = table.Column<Guid>(nullable: false),
                    patient_id = table.Column<Guid>(nullable: false),
                    reason = table.Column<byte[]>(nullable: false),
                    staff_id = table.Column<Guid>(nullable: false),
                    staff_name = table.Column<string>(nullable: false),
                    from = table.Column<long>(nullable: false),
                    until = table.Column<long>(nullable: false),
                    ended_at = table.Column<long>(nullable: true),
                    ended_by = table.Column<string>(nullable: true),
                    end_reason = table.Column<byte[]>(nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_records_holds", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "records_measurements",
                columns: table => new
                {
                    owner_id = table.Column<Guid>(nullable: false),
                    position = table.Column<int>(nullable: false),
                    patient_id = table.Column<Guid>(nullable: false),
                    code = table.Column<string>(nullable: false),
                    at = table.Column<long>(nullable: false),
                    shown = table.Column<bool>(nullable: false),
                    point = table.Column<byte[]>(nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_records_measurements", x => new { x.owner_id, x.position });
                });

            migrationBuilder.CreateTable(
                name: "records_patients",
                columns: table => new
                {
                    id = table.Column<Guid>(nullable: false),
                    name = table.Column<byte[]>(nullable: false),
                    birth_date = table.Column<DateOnly>(nullable: false),
                    sex = table.Column<string>(nullable: true),
                    time_zone = table.Column<string>(nullable: false),
                    language = table.Column<string>(nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_records_patients", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "records_resources",
                columns: table => new
                {
                    id = table.Column<Guid>(nullable: false),
                    patient_id = table.Column<Guid>(nullable: true),
                    source = table.Column<string>(nullable: false),
                    type = table.Column<string>(nullable: false),
                    source_id = table.Column<string>(nullable: false),
                    version = table.Column<int>(nullable: false),
                    last_updated = table.Column<long>(nullable: true),
                    arrived_at = table.Column<long>(nullable: false),
                    code = table.Column<string>(nullable: true),
                    category = table.Column<string>(nullable: true),
                    status = table.Column<string>(nullable: true),
                    effective = table.Column<long>(nullable: true),
                    encounter_id = table.Column<string>(nullable: true),
                    digest = table.Column<byte[]>(nullable: false),
                    json = table.Column<byte[]>(nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_records_resources", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "records_result_members",
                columns: table => new
                {
                    result_id = table.Column<Guid>(nullable: false),
                    observation_id = table.Column<string>(nullable: false),
                    source = table.Column<string>(nullable: false),
                    position = table.Column<int>(nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_records_result_members", x => new { x.result_id, x.observation_id });
                });

            migrationBuilder.CreateTable(
                name: "records_results",
                columns: table => new
                {
                    id = table.Column<Guid>(nullable: false),
                    patient_id = table.Column<Guid>(nullable: false),
                    source = table.Column<string>(nullable: false),
                    effective = table.Column<long>(nullable: false),
                    status = table.Column<string>(nullable: false),
                    shown = table.Column<bool>(nullable: false),
                    abnormal = table.Column<bool>(nullable: false),
                    new_since = table.Column<long>(nullable: true),
                    seen_at = table.Column<long>(nullable: true),
                    held_until = table.Column<long>(nullable: true),
                    sheet = table.Column<byte[]>(nullable: false),
                    words = table.Column<byte[]>(nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_records_results", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "records_subjects",
                columns: table => new
                {
                    source = table.Column<string>(nullable: false),
                    source_id = table.Column<string>(nullable: false),
                    patient_id = table.Column<Guid>(nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_records_subjects", x => new { x.source, x.source_id });
                });

            migrationBuilder.CreateIndex(
                name: "ix_records_entries_patient_id_section_at_id",
                table: "records_entries",
                columns: new[] { "patient_id", "section", "at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_records_former_versions_resource_id_version",
                table: "records_former_versions",
                columns: new[] { "resource_id", "version" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_records_holds_ended_at_until",
                table: "records_holds",
                columns: new[] { "ended_at", "until" });

            migrationBuilder.CreateIndex(
                name: "ix_records_holds_result_id",
                table: "records_holds",
                column: "result_id");

            migrationBuilder.CreateIndex(
                name: "ix_records_measurements_patient_id_code_at",
                table: "records_measurements",
                columns: new[] { "patient_id", "code", "at" });

            migrationBuilder.CreateIndex(
                name: "ix_records_resources_patient_id_type_effective",
                table: "records_resources",
                columns: new[] { "patient_id", "type", "effective" });

            migrationBuilder.CreateIndex(
                name: "ix_records_resources_source_type_source_id",
                table: "records_resources",
                columns: new[] { "source", "type", "source_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_records_result_members_source_observation_id",
                table: "records_result_members",
                columns: new[] { "source", "observation_id" });

            migrationBuilder.CreateIndex(
                name: "ix_records_results_abnormal_new_since",
                table: "records_results",
                columns: new[] { "abnormal", "new_since" });

            migrationBuilder.CreateIndex(
                name: "ix_records_results_held_until",
                table: "records_results",
                column: "held_until");

            migrationBuilder.CreateIndex(
                name: "ix_records_results_patient_id_effective_id",
                table: "records_results",
                columns: new[] { "patient_id", "effective", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_records_results_patient_id_new_since",
                table: "records_results",
                columns: new[] { "patient_id", "new_since" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "records_entries");

            migrationBuilder.DropTable(
                name: "records_former_versions");

            migrationBuilder.DropTable(
                name: "records_holds");

            migrationBuilder.DropTable(
                name: "records_measurements");

            migrationBuilder.DropTable(
                name: "records_patients");

            migrationBuilder.DropTable(
                name: "records_resources");

            migrationBuilder.DropTable(
                name: "records_result_members");

            migrationBuilder.DropTable(
                name: "records_results");

            migrationBuilder.DropTable(
                name: "records_subjects");
        }
    }
}
