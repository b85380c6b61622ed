using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace PatientPortal.Identity.Data.Migrations
{
    /// <inheritdoc />
    sealed partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "identity_patients",
                columns: table => new
                {
                    id = table.Column<Guid>(nullable: false),
                    chart_number = table.Column<string>(nullable: false),
                    given_name = table.Column<string>(nullable: false),
                    family_name = table.Column<string>(nullable: false),
                    name = table.Column<string>(nullable: false),
                    name_key = table.Column<string>(nullable: false),
                    birth_date = table.Column<DateOnly>(nullable: false),
                    sex = table.Column<string>(nullable: true),
                    email = table.Column<byte[]>(nullable: true),
                    phone = table.Column<byte[]>(nullable: true),
                    address = table.Column<byte[]>(nullable: true),
                    time_zone = table.Column<string>(nullable: false),
                    language = table.Column<string>(nullable: false),
                    is_deceased = table.Column<bool>(nullable: false),
                    died_on = table.Column<DateOnly>(nullable: true),
                    registered_at = table.Column<long>(nullable: false),
                    changed_at = table.Column<long>(nullable: false),
                    version = table.Column<int>(nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_identity_patients", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "identity_sign_in_tries",
                columns: table => new
                {
                    name_hash = table.Column<byte[]>(nullable: false),
                    failures = table.Column<int>(nullable: false),
                    last_failed_at = table.Column<long>(nullable: false),
                    wait_until = table.Column<long>(nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_identity_sign_in_tries", x => x.name_hash);
                });

            migrationBuilder.CreateTable(
                name: "identity_accounts",
                columns: table => new
                {
                    id = table.Column<Guid>(nullable: false),
                    kind = table.Column<string>(maxLength: 40, nullable: false),
                    user_name = table.Column<string>(nullable: false),
                    user_name_key = table.Column<string>(nullable: false),
                    name = table.Column<string>(nullable: false),
                    email = table.Column<byte[]>(nullable: false),
                    password_hash = table.Column<string>(nullable: false),
                    totp_secret = table.Column<byte[]>(nullable: true),
                    totp_step = table.Column<long>(nullable: false),
                    patient_id = table.Column<Guid>(nullable: true),
                    language = table.Column<string>(nullable: false),
                    created_at = table.Column<long>(nullable: false),
                    disabled_at = table.Column<long>(nullable: true),
                    version = table.Column<int>(nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_identity_accounts", x => x.id);
                    table.ForeignKey(
                        name: "fk_identity_accounts_patient_id",
                        column: x => x.patient_id,
                        principalTable: "identity_patients",
                        principalColumn: "id");
                });

            migrationBuilder.CreateTable(
                name: "identity_activation_codes",
                columns: table => new
                {
                    id = table.Column<Guid>(nullable: false),
                    patient_id = table.Column<Guid>(nullable: false),
                    code_hash = table.Column<byte[]>(nullable: false),
                    issued_at = table.Column<long>(nullable: false),
                    issued_by = table.Column<Guid>(nullable: false),
                    expires_at = table.Column<long>(nullable: false),
                    used_at = table.Column<long>(nullable: true),
                    revoked_at = table.Column<long>(nullable: true),
                    tries = table.Column<int>(nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_identity_activation_codes", x => x.id);
                    table.ForeignKey(
                        name: "fk_identity_activation_codes_patient_id",
                        column: x => x.patient_id,
                        principalTable: "identity_patients",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "identity_patient_identifiers",
                columns: table => new
                {
                    id = table.Column<Guid>(nullable: false),
                    patient_id = table.Column<Guid>(nullable: false),
                    system = table.Column<string>(nullable: false),
                    fingerprint = table.Column<byte[]>(nullable: false),
                    value = table.Column<byte[]>(nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_identity_patient_identifiers", x => x.id);
                    table.ForeignKey(
                        name: "fk_identity_patient_identifiers_patient_id",
                        column: x => x.patient_id,
                        principalTable: "identity_patients",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "identity_patient_resources",
                columns: table => new
                {
                    id = table.Column<Guid>(nullable: false),
                    patient_id = table.Column<Guid>(nullable: false),
                    source = table.Column<string>(nullable: false),
                    reference = table.Column<string>(nullable: false),
                    json = table.Column<byte[]>(nullable: false),
                    taken_at = table.Column<long>(nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_identity_patient_resources", x => x.id);
                    table.ForeignKey(
                        name: "fk_identity_patient_resources_patient_id",
                        column: x => x.patient_id,
                        principalTable: "identity_patients",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "identity_grants",
                columns: table => new
                {
                    id = table.Column<Guid>(nullable: false),
                    patient_id = table.Column<Guid>(nullable: false),
                    account_id = table.Column<Guid>(nullable: false),
                    relation = table.Column<string>(nullable: false),
                    scopes = table.Column<string>(nullable: false),
                    starts_at = table.Column<long>(nullable: false),
                    ends_at = table.Column<long>(nullable: true),
                    revoked_at = table.Column<long>(nullable: true),
                    version = table.Column<int>(nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_identity_grants", x => x.id);
                    table.ForeignKey(
                        name: "fk_identity_grants_account_id",
                        column: x => x.account_id,
                        principalTable: "identity_accounts",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_identity_grants_patient_id",
                        column: x => x.patient_id,
                        principalTable: "identity_patients",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "identity_password_resets",
                columns: table => new
                {
                    id = table.Column<Guid>(nullable: false),
                    account_id = table.Column<Guid>(nullable: false),
                    token_hash = table.Column<byte[]>(nullable: false),
                    asked_at = table.Column<long>(nullable: false),
                    expires_at = table.Column<long>(nullable: false),
                    used_at = table.Column<long>(nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_identity_password_resets", x => x.id);
                    table.ForeignKey(
                        name: "fk_identity_password_resets_account_id",
                        column: x => x.account_id,
                        principalTable: "identity_accounts",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "identity_sessions",
                columns: table => new
                {
                    id = table.Column<Guid>(nullable: false),
                    account_id = table.Column<Guid>(nullable: false),
                    door = table.Column<string>(maxLength: 40, nullable: false),
                    token_hash = table.Column<byte[]>(nullable: false),
                    token_expires_at = table.Column<long>(nullable: false),
                    started_at = table.Column<long>(nullable: false),
                    seen_at = table.Column<long>(nullable: false),
                    expires_at = table.Column<long>(nullable: false),
                    ended_at = table.Column<long>(nullable: true),
                    ended_because = table.Column<string>(nullable: true),
                    address = table.Column<string>(nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_identity_sessions", x => x.id);
                    table.ForeignKey(
                        name: "fk_identity_sessions_account_id",
                        column: x => x.account_id,
                        principalTable: "identity_accounts",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "identity_staff_members",
                columns: table => new
                {
                    id = table.Column<Guid>(nullable: false),
                    name = table.Column<string>(nullable: false),
                    role = table.Column<string>(maxLength: 40, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_identity_staff_members", x => x.id);
                    table.ForeignKey(
                        name: "fk_identity_staff_members_id",
                        column: x => x.id,
                        principalTable: "identity_accounts",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "identity_refresh_tokens",
                columns: table => new
                {
                    id = table.Column<Guid>(nullable: false),
                    session_id = table.Column<Guid>(nullable: false),
                    token_hash = table.Column<byte[]>(nullable: false),
                    issued_at = table.Column<long>(nullable: false),
                    used_at = table.Column<long>(nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_identity_refresh_tokens", x => x.id);
                    table.ForeignKey(
                        name: "fk_identity_refresh_tokens_session_id",
                        column: x => x.session_id,
                        principalTable: "identity_sessions",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_identity_accounts_patient_id",
                table: "identity_accounts",
                column: "patient_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_identity_accounts_user_name_key",
                table: "identity_accounts",
                column: "user_name_key",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_identity_activation_codes_code_hash",
                table: "identity_activation_codes",
                column: "code_hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_identity_activation_codes_patient_id",
                table: "identity_activation_codes",
                column: "patient_id");

            migrationBuilder.CreateIndex(
                name: "ix_identity_grants_account_id_patient_id",
                table: "identity_grants",
                columns: new[] { "account_id", "patient_id" });

            migrationBuilder.CreateIndex(
                name: "ix_identity_grants_patient_id",
                table: "identity_grants",
                column: "patient_id");

            migrationBuilder.CreateIndex(
                name: "ix_identity_password_resets_account_id",
                table: "identity_password_resets",
                column: "account_id");

            migrationBuilder.CreateIndex(
                name: "ix_identity_password_resets_token_hash",
                table: "identity_password_resets",
                column: "token_hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_identity_patient_identifiers_fingerprint",
                table: "identity_patient_identifiers",
                column: "fingerprint",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_identity_patient_identifiers_patient_id",
                table: "identity_patient_identifiers",
                column: "patient_id");

            migrationBuilder.CreateIndex(
                name: "ix_identity_patient_resources_patient_id",
                table: "identity_patient_resources",
                column: "patient_id");

            migrationBuilder.CreateIndex(
                name: "ix_identity_patient_resources_source_reference",
                table: "identity_patient_resources",
                columns: new[] { "source", "reference" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_identity_patients_birth_date",
                table: "identity_patients",
                column: "birth_date");

            migrationBuilder.CreateIndex(
                name: "ix_identity_patients_chart_number",
                table: "identity_patients",
                column: "chart_number",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_identity_patients_name_key",
                table: "identity_patients",
                column: "name_key");

            migrationBuilder.CreateIndex(
                name: "ix_identity_refresh_tokens_session_id",
                table: "identity_refresh_tokens",
                column: "session_id");

            migrationBuilder.CreateIndex(
                name: "ix_identity_refresh_tokens_token_hash",
                table: "identity_refresh_tokens",
                column: "token_hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_identity_sessions_account_id",
                table: "identity_sessions",
                column: "account_id");

            migrationBuilder.CreateIndex(
                name: "ix_identity_sessions_token_hash",
                table: "identity_sessions",
                column: "token_hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_identity_sign_in_tries_last_failed_at",
                table: "identity_sign_in_tries",
                column: "last_failed_at");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "identity_activation_codes");

            migrationBuilder.DropTable(
                name: "identity_grants");

            migrationBuilder.DropTable(
                name: "identity_password_resets");

            migrationBuilder.DropTable(
                name: "identity_patient_identifiers");

            migrationBuilder.DropTable(
                name: "identity_patient_resources");

            migrationBuilder.DropTable(
                name: "identity_refresh_tokens");

            migrationBuilder.DropTable(
                name: "identity_sign_in_tries");

            migrationBuilder.DropTable(
                name: "identity_staff_members");

            migrationBuilder.DropTable(
                name: "identity_sessions");

            migrationBuilder.DropTable(
                name: "identity_accounts");

            migrationBuilder.DropTable(
                name: "identity_patients");
        }
    }
}
