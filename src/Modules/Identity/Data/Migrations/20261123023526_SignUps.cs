using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace PatientPortal.Identity.Data.Migrations
{
    /// <inheritdoc />
    sealed partial class SignUps : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "identity_sign_ups",
                columns: table => new
                {
                    id = table.Column<Guid>(nullable: false),
                    given_name = table.Column<byte[]>(nullable: false),
                    family_name = table.Column<byte[]>(nullable: false),
                    birth_date = table.Column<DateOnly>(nullable: false),
                    sex = table.Column<string>(nullable: true),
                    email = table.Column<byte[]>(nullable: false),
                    phone = table.Column<byte[]>(nullable: true),
                    chart_number = table.Column<byte[]>(nullable: true),
                    mail_print = table.Column<byte[]>(nullable: false),
                    language = table.Column<string>(nullable: false),
                    asked_at = table.Column<long>(nullable: false),
                    state = table.Column<string>(maxLength: 40, nullable: false),
                    doubt = table.Column<string>(maxLength: 40, nullable: true),
                    patient_id = table.Column<Guid>(nullable: true),
                    token_hash = table.Column<byte[]>(nullable: true),
                    expires_at = table.Column<long>(nullable: true),
                    tries = table.Column<int>(nullable: false),
                    decided_by_id = table.Column<Guid>(nullable: true),
                    decided_by_name = table.Column<string>(nullable: true),
                    decided_at = table.Column<long>(nullable: true),
                    note = table.Column<byte[]>(nullable: true),
                    version = table.Column<int>(nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_identity_sign_ups", x => x.id);
                    table.ForeignKey(
                        name: "fk_identity_sign_ups_patient_id",
                        column: x => x.patient_id,
                        principalTable: "identity_patients",
                        principalColumn: "id");
                });

            migrationBuilder.CreateIndex(
                name: "ix_identity_sign_ups_mail_print_asked_at",
                table: "identity_sign_ups",
                columns: new[] { "mail_print", "asked_at" });

            migrationBuilder.CreateIndex(
                name: "ix_identity_sign_ups_patient_id",
                table: "identity_sign_ups",
                column: "patient_id");

            migrationBuilder.CreateIndex(
                name: "ix_identity_sign_ups_state_asked_at",
                table: "identity_sign_ups",
                columns: new[] { "state", "asked_at" });

            migrationBuilder.CreateIndex(
                name: "ix_identity_sign_ups_token_hash",
                table: "identity_sign_ups",
                column: "token_hash",
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "identity_sign_ups");
        }
    }
}
