using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace PatientPortal.Identity.Data.Migrations
{
    /// <inheritdoc />
    sealed partial class PrivacyCases : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "identity_privacy_cases",
                columns: table => new
                {
                    id = table.Column<Guid>(nullable: false),
                    patient_id = table.Column<Guid>(nullable: false),
                    audit_seq = table.Column<long>(nullable: false),
                    questioned_id = table.Column<Guid>(nullable: false),
                    asked_by = table.Column<Guid>(nullable: false),
                    asked_by_name = table.Column<string>(nullable: false),
                    question = table.Column<byte[]>(nullable: false),
                    asked_at = table.Column<long>(nullable: false),
                    due_at = table.Column<long>(nullable: false),
                    finding = table.Column<string>(maxLength: 40, nullable: true),
                    answer = table.Column<byte[]>(nullable: true),
                    answered_at = table.Column<long>(nullable: true),
                    answered_by = table.Column<Guid>(nullable: true),
                    answered_by_name = table.Column<string>(nullable: true),
                    version = table.Column<int>(nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_identity_privacy_cases", x => x.id);
                    table.ForeignKey(
                        name: "fk_identity_privacy_cases_patient_id",
                        column: x => x.patient_id,
                        principalTable: "identity_patients",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_identity_privacy_cases_answered_at_due_at",
                table: "identity_privacy_cases",
                columns: new[] { "answered_at", "due_at" });

            migrationBuilder.CreateIndex(
                name: "ix_identity_privacy_cases_patient_id_asked_at",
                table: "identity_privacy_cases",
                columns: new[] { "patient_id", "asked_at" });

            migrationBuilder.CreateIndex(
                name: "ix_identity_privacy_cases_patient_id_audit_seq",
                table: "identity_privacy_cases",
                columns: new[] { "patient_id", "audit_seq" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "identity_privacy_cases");
        }
    }
}
