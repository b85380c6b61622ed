using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace PatientPortal.Identity.Data.Migrations
{
    /// <inheritdoc />
    sealed partial class StaffTrust : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<Guid>(
                name: "chart_id",
                table: "identity_staff_members",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "identity_broken_glasses",
                columns: table => new
                {
                    id = table.Column<Guid>(nullable: false),
                    staff_id = table.Column<Guid>(nullable: false),
                    patient_id = table.Column<Guid>(nullable: false),
                    flag = table.Column<string>(nullable: false),
                    reason = table.Column<string>(maxLength: 40, nullable: false),
                    words = table.Column<byte[]>(nullable: false),
                    opened_at = table.Column<long>(nullable: false),
                    ends_at = table.Column<long>(nullable: false),
                    review_by = table.Column<long>(nullable: false),
                    reviewed_at = table.Column<long>(nullable: true),
                    reviewed_by_id = table.Column<Guid>(nullable: true),
                    reviewed_by_name = table.Column<string>(nullable: true),
                    finding = table.Column<string>(maxLength: 40, nullable: true),
                    review_note = table.Column<byte[]>(nullable: true),
                    version = table.Column<int>(nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_identity_broken_glasses", x => x.id);
                    table.ForeignKey(
                        name: "fk_identity_broken_glasses_patient_id",
                        column: x => x.patient_id,
                        principalTable: "identity_patients",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_identity_broken_glasses_staff_id",
                        column: x => x.staff_id,
                        principalTable: "identity_staff_members",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "identity_chart_ties",
                columns: table => new
                {
                    id = table.Column<Guid>(nullable: false),
                    staff_id = table.Column<Guid>(nullable: false),
                    patient_id = table.Column<Guid>(nullable: false),
                    relation = table.Column<string>(nullable: false),
                    declared_at = table.Column<long>(nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_identity_chart_ties", x => x.id);
                    table.ForeignKey(
                        name: "fk_identity_chart_ties_patient_id",
                        column: x => x.patient_id,
                        principalTable: "identity_patients",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_identity_chart_ties_staff_id",
                        column: x => x.staff_id,
                        principalTable: "identity_staff_members",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "identity_protected_charts",
                columns: table => new
                {
                    patient_id = table.Column<Guid>(nullable: false),
                    set_by_id = table.Column<Guid>(nullable: false),
                    set_by_name = table.Column<string>(nullable: false),
                    set_at = table.Column<long>(nullable: false),
                    because = table.Column<byte[]>(nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_identity_protected_charts", x => x.patient_id);
                    table.ForeignKey(
                        name: "fk_identity_protected_charts_patient_id",
                        column: x => x.patient_id,
                        principalTable: "identity_patients",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "identity_staff_invitations",
                columns: table => new
                {
                    id = table.Column<Guid>(nullable: false),
                    name = table.Column<string>(nullable: false),
                    email = table.Column<byte[]>(nullable: false),
                    role = table.Column<string>(maxLength: 40, nullable: false),
                    invited_by_id = table.Column<Guid>(nullable: false),
                    invited_by_name = table.Column<string>(nullable: false),
                    invited_at = table.Column<long>(nullable: false),
                    token_hash = table.Column<byte[]>(nullable: false),
                    sent_at = table.Column<long>(nullable: false),
                    expires_at = table.Column<long>(nullable: false),
                    opened_at = table.Column<long>(nullable: true),
                    used_at = table.Column<long>(nullable: true),
                    revoked_at = table.Column<long>(nullable: true),
                    totp_secret = table.Column<byte[]>(nullable: false),
                    version = table.Column<int>(nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_identity_staff_invitations", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "identity_support_visits",
                columns: table => new
                {
                    id = table.Column<Guid>(nullable: false),
                    session_id = table.Column<Guid>(nullable: false),
                    staff_id = table.Column<Guid>(nullable: false),
                    patient_id = table.Column<Guid>(nullable: false),
                    reason = table.Column<byte[]>(nullable: false),
                    started_at = table.Column<long>(nullable: false),
                    ends_at = table.Column<long>(nullable: false),
                    ended_at = table.Column<long>(nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_identity_support_visits", x => x.id);
                    table.ForeignKey(
                        name: "fk_identity_support_visits_patient_id",
                        column: x => x.patient_id,
                        principalTable: "identity_patients",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_identity_support_visits_session_id",
                        column: x => x.session_id,
                        principalTable: "identity_sessions",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_identity_staff_members_chart_id",
                table: "identity_staff_members",
                column: "chart_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_identity_broken_glasses_patient_id",
                table: "identity_broken_glasses",
                column: "patient_id");

            migrationBuilder.CreateIndex(
                name: "ix_identity_broken_glasses_reviewed_at_opened_at",
                table: "identity_broken_glasses",
                columns: new[] { "reviewed_at", "opened_at" });

            migrationBuilder.CreateIndex(
                name: "ix_identity_broken_glasses_staff_id_patient_id_ends_at",
                table: "identity_broken_glasses",
                columns: new[] { "staff_id", "patient_id", "ends_at" });

            migrationBuilder.CreateIndex(
                name: "ix_identity_chart_ties_patient_id",
                table: "identity_chart_ties",
                column: "patient_id");

            migrationBuilder.CreateIndex(
                name: "ix_identity_chart_ties_staff_id_patient_id",
                table: "identity_chart_ties",
                columns: new[] { "staff_id", "patient_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_identity_staff_invitations_invited_at",
                table: "identity_staff_invitations",
                column: "invited_at");

            migrationBuilder.CreateIndex(
                name: "ix_identity_staff_invitations_token_hash",
                table: "identity_staff_invitations",
                column: "token_hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_identity_support_visits_patient_id",
                table: "identity_support_visits",
                column: "patient_id");

            migrationBuilder.CreateIndex(
                name: "ix_identity_support_visits_session_id",
                table: "identity_support_visits",
                column: "session_id",
                unique: true,
                filter: "ended_at IS NULL");

            migrationBuilder.AddForeignKey(
                name: "fk_identity_staff_members_chart_id",
                table: "identity_staff_members",
                column: "chart_id",
                principalTable: "identity_patients",
                principalColumn: "id");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "fk_identity_staff_members_chart_id",
                table: "identity_staff_members");

            migrationBuilder.DropTable(
                name: "identity_broken_glasses");

            migrationBuilder.DropTable(
                name: "identity_chart_ties");

            migrationBuilder.DropTable(
                name: "identity_protected_charts");

            migrationBuilder.DropTable(
                name: "identity_staff_invitations");

            migrationBuilder.DropTable(
                name: "identity_support_visits");

            migrationBuilder.DropIndex(
                name: "ix_identity_staff_members_chart_id",
                table: "identity_staff_members");

            migrationBuilder.DropColumn(
                name: "chart_id",
                table: "identity_staff_members");
        }
    }
}
