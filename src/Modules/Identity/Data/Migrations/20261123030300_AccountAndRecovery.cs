using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace PatientPortal.Identity.Data.Migrations
{
    /// <inheritdoc />
    sealed partial class AccountAndRecovery : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "phone_confirmed_at",
                table: "identity_patients",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "closed_at",
                table: "identity_accounts",
                nullable: true);

            migrationBuilder.AddColumn<byte[]>(
                name: "email_print",
                table: "identity_accounts",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "identity_email_changes",
                columns: table => new
                {
                    id = table.Column<Guid>(nullable: false),
                    account_id = table.Column<Guid>(nullable: false),
                    from = table.Column<byte[]>(nullable: false),
                    to = table.Column<byte[]>(nullable: false),
                    to_print = table.Column<byte[]>(nullable: false),
                    asked_in = table.Column<Guid>(nullable: false),
                    token_hash = table.Column<byte[]>(nullable: false),
                    stop_hash = table.Column<byte[]>(nullable: false),
                    undo_hash = table.Column<byte[]>(nullable: true),
                    asked_at = table.Column<long>(nullable: false),
                    sent_at = table.Column<long>(nullable: false),
                    mails = table.Column<int>(nullable: false),
                    expires_at = table.Column<long>(nullable: false),
                    stop_until = table.Column<long>(nullable: false),
                    open_for = table.Column<Guid>(nullable: true),
                    confirmed_at = table.Column<long>(nullable: true),
                    stopped_at = table.Column<long>(nullable: true),
                    version = table.Column<int>(nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_identity_email_changes", x => x.id);
                    table.ForeignKey(
                        name: "fk_identity_email_changes_account_id",
                        column: x => x.account_id,
                        principalTable: "identity_accounts",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "identity_recovery_cases",
                columns: table => new
                {
                    id = table.Column<Guid>(nullable: false),
                    account_id = table.Column<Guid>(nullable: false),
                    open_for = table.Column<Guid>(nullable: true),
                    in_person = table.Column<bool>(nullable: false),
                    shown = table.Column<string>(nullable: false),
                    note = table.Column<byte[]>(nullable: true),
                    opened_at = table.Column<long>(nullable: false),
                    opened_by_id = table.Column<Guid>(nullable: false),
                    opened_by_name = table.Column<string>(nullable: false),
                    due_at = table.Column<long>(nullable: false),
                    expires_at = table.Column<long>(nullable: false),
                    stop_hash = table.Column<byte[]>(nullable: false),
                    done_at = table.Column<long>(nullable: true),
                    stopped_at = table.Column<long>(nullable: true),
                    withdrawn_at = table.Column<long>(nullable: true),
                    withdrawn_by_id = table.Column<Guid>(nullable: true),
                    version = table.Column<int>(nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_identity_recovery_cases", x => x.id);
                    table.ForeignKey(
                        name: "fk_identity_recovery_cases_account_id",
                        column: x => x.account_id,
                        principalTable: "identity_accounts",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "identity_reported_contacts",
                columns: table => new
                {
                    id = table.Column<Guid>(nullable: false),
                    patient_id = table.Column<Guid>(nullable: false),
                    kind = table.Column<string>(nullable: false),
                    by = table.Column<string>(maxLength: 40, nullable: false),
                    value = table.Column<byte[]>(nullable: false),
                    reported_at = table.Column<long>(nullable: false),
                    is_guardians = table.Column<bool>(nullable: false),
                    open_for = table.Column<string>(maxLength: 60, nullable: true),
                    confirmed_at = table.Column<long>(nullable: true),
                    set_aside_at = table.Column<long>(nullable: true),
                    settled_by = table.Column<Guid>(nullable: true),
                    version = table.Column<int>(nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_identity_reported_contacts", x => x.id);
                    table.ForeignKey(
                        name: "fk_identity_reported_contacts_patient_id",
                        column: x => x.patient_id,
                        principalTable: "identity_patients",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "identity_user_name_mails",
                columns: table => new
                {
                    id = table.Column<Guid>(nullable: false),
                    email_print = table.Column<byte[]>(nullable: false),
                    sent_at = table.Column<long>(nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_identity_user_name_mails", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "ix_identity_accounts_email_print",
                table: "identity_accounts",
                column: "email_print");

            migrationBuilder.CreateIndex(
                name: "ix_identity_email_changes_account_id_asked_at",
                table: "identity_email_changes",
                columns: new[] { "account_id", "asked_at" });

            migrationBuilder.CreateIndex(
                name: "ix_identity_email_changes_open_for",
                table: "identity_email_changes",
                column: "open_for",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_identity_email_changes_stop_hash",
                table: "identity_email_changes",
                column: "stop_hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_identity_email_changes_to_print_asked_at",
                table: "identity_email_changes",
                columns: new[] { "to_print", "asked_at" });

            migrationBuilder.CreateIndex(
                name: "ix_identity_email_changes_token_hash",
                table: "identity_email_changes",
                column: "token_hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_identity_email_changes_undo_hash",
                table: "identity_email_changes",
                column: "undo_hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_identity_recovery_cases_account_id",
                table: "identity_recovery_cases",
                column: "account_id");

            migrationBuilder.CreateIndex(
                name: "ix_identity_recovery_cases_open_for",
                table: "identity_recovery_cases",
                column: "open_for",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_identity_recovery_cases_opened_at",
                table: "identity_recovery_cases",
                column: "opened_at");

            migrationBuilder.CreateIndex(
                name: "ix_identity_recovery_cases_stop_hash",
                table: "identity_recovery_cases",
                column: "stop_hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_identity_reported_contacts_open_for",
                table: "identity_reported_contacts",
                column: "open_for",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_identity_reported_contacts_patient_id_reported_at",
                table: "identity_reported_contacts",
                columns: new[] { "patient_id", "reported_at" });

            migrationBuilder.CreateIndex(
                name: "ix_identity_user_name_mails_email_print_sent_at",
                table: "identity_user_name_mails",
                columns: new[] { "email_print", "sent_at" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "identity_email_changes");

            migrationBuilder.DropTable(
                name: "identity_recovery_cases");

            migrationBuilder.DropTable(
                name: "identity_reported_contacts");

            migrationBuilder.DropTable(
                name: "identity_user_name_mails");

            migrationBuilder.DropIndex(
                name: "ix_identity_accounts_email_print",
                table: "identity_accounts");

            migrationBuilder.DropColumn(
                name: "phone_confirmed_at",
                table: "identity_patients");

            migrationBuilder.DropColumn(
                name: "closed_at",
                table: "identity_accounts");

            migrationBuilder.DropColumn(
                name: "email_print",
                table: "identity_accounts");
        }
    }
}
