using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

#pragma warning disable CA1814 // Prefer jagged arrays over multidimensional

namespace PatientPortal.Identity.Data.Migrations
{
    /// <inheritdoc />
    sealed partial class Proxies : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_identity_grants_account_id_patient_id",
                table: "identity_grants");

            migrationBuilder.AddColumn<long>(
                name: "conflict_at",
                table: "identity_patients",
                nullable: true);

            migrationBuilder.AddColumn<byte[]>(
                name: "conflict_reason",
                table: "identity_patients",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "basis",
                table: "identity_grants",
                maxLength: 40,
                nullable: false,
                defaultValue: "PatientsWish");

            migrationBuilder.AddColumn<Guid>(
                name: "document_id",
                table: "identity_grants",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "granted_by",
                table: "identity_grants",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "revoked_because",
                table: "identity_grants",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "revoked_by",
                table: "identity_grants",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "told",
                table: "identity_grants",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "identity_age_tiers",
                columns: table => new
                {
                    id = table.Column<Guid>(nullable: false),
                    jurisdiction = table.Column<string>(nullable: false),
                    from_age = table.Column<int>(nullable: false),
                    parent_scopes = table.Column<string>(nullable: false),
                    own_account = table.Column<bool>(nullable: false),
                    version = table.Column<int>(nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_identity_age_tiers", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "identity_grant_documents",
                columns: table => new
                {
                    id = table.Column<Guid>(nullable: false),
                    patient_id = table.Column<Guid>(nullable: false),
                    basis = table.Column<string>(maxLength: 40, nullable: false),
                    file_name = table.Column<byte[]>(nullable: false),
                    content_type = table.Column<string>(nullable: false),
                    content = table.Column<byte[]>(nullable: false),
                    filed_by = table.Column<Guid>(nullable: false),
                    filed_at = table.Column<long>(nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_identity_grant_documents", x => x.id);
                    table.ForeignKey(
                        name: "fk_identity_grant_documents_patient_id",
                        column: x => x.patient_id,
                        principalTable: "identity_patients",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "identity_grant_notices",
                columns: table => new
                {
                    id = table.Column<Guid>(nullable: false),
                    grant_id = table.Column<Guid>(nullable: false),
                    what = table.Column<string>(nullable: false),
                    at = table.Column<long>(nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_identity_grant_notices", x => x.id);
                    table.ForeignKey(
                        name: "fk_identity_grant_notices_grant_id",
                        column: x => x.grant_id,
                        principalTable: "identity_grants",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "identity_proxy_concerns",
                columns: table => new
                {
                    id = table.Column<Guid>(nullable: false),
                    patient_id = table.Column<Guid>(nullable: false),
                    kind = table.Column<string>(maxLength: 40, nullable: false),
                    subject_id = table.Column<Guid>(nullable: false),
                    found_at = table.Column<long>(nullable: false),
                    settled_at = table.Column<long>(nullable: true),
                    settled_by = table.Column<Guid>(nullable: true),
                    version = table.Column<int>(nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_identity_proxy_concerns", x => x.id);
                    table.ForeignKey(
                        name: "fk_identity_proxy_concerns_patient_id",
                        column: x => x.patient_id,
                        principalTable: "identity_patients",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "identity_proxy_invitations",
                columns: table => new
                {
                    id = table.Column<Guid>(nullable: false),
                    patient_id = table.Column<Guid>(nullable: false),
                    name = table.Column<byte[]>(nullable: false),
                    email = table.Column<byte[]>(nullable: false),
                    relation = table.Column<string>(nullable: false),
                    scopes = table.Column<string>(nullable: false),
                    basis = table.Column<string>(maxLength: 40, nullable: false),
                    document_id = table.Column<Guid>(nullable: true),
                    language = table.Column<string>(nullable: false),
                    ends_at = table.Column<long>(nullable: true),
                    token_hash = table.Column<byte[]>(nullable: false),
                    invited_at = table.Column<long>(nullable: false),
                    invited_by = table.Column<Guid>(nullable: false),
                    expires_at = table.Column<long>(nullable: false),
                    tries = table.Column<int>(nullable: false),
                    joined_as = table.Column<Guid>(nullable: true),
                    accepted_at = table.Column<long>(nullable: true),
                    grant_id = table.Column<Guid>(nullable: true),
                    denied_at = table.Column<long>(nullable: true),
                    withdrawn_at = table.Column<long>(nullable: true),
                    replaced_at = table.Column<long>(nullable: true),
                    version = table.Column<int>(nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_identity_proxy_invitations", x => x.id);
                    table.ForeignKey(
                        name: "fk_identity_proxy_invitations_patient_id",
                        column: x => x.patient_id,
                        principalTable: "identity_patients",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.InsertData(
                table: "identity_age_tiers",
                columns: new[] { "id", "from_age", "jurisdiction", "own_account", "parent_scopes", "version" },
                values: new object[,]
                {
                    { new Guid("01990000-0000-7000-8000-000000000000"), 0, "default", false, "appointments,records,messages,medications", 0 },
                    { new Guid("01990000-0000-7000-8000-000000000013"), 13, "default", true, "appointments", 0 },
                    { new Guid("01990000-0000-7000-8000-000000000018"), 18, "default", true, "", 0 }
                });

            migrationBuilder.CreateIndex(
                name: "ix_identity_grants_account_id_patient_id",
                table: "identity_grants",
                columns: new[] { "account_id", "patient_id" },
                unique: true,
                filter: "revoked_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_identity_age_tiers_jurisdiction_from_age",
                table: "identity_age_tiers",
                columns: new[] { "jurisdiction", "from_age" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_identity_grant_documents_patient_id",
                table: "identity_grant_documents",
                column: "patient_id");

            migrationBuilder.CreateIndex(
                name: "ix_identity_grant_notices_grant_id_what",
                table: "identity_grant_notices",
                columns: new[] { "grant_id", "what" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_identity_proxy_concerns_kind_subject_id",
                table: "identity_proxy_concerns",
                columns: new[] { "kind", "subject_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_identity_proxy_concerns_patient_id",
                table: "identity_proxy_concerns",
                column: "patient_id");

            migrationBuilder.CreateIndex(
                name: "ix_identity_proxy_concerns_settled_at",
                table: "identity_proxy_concerns",
                column: "settled_at");

            migrationBuilder.CreateIndex(
                name: "ix_identity_proxy_invitations_patient_id",
                table: "identity_proxy_invitations",
                column: "patient_id");

            migrationBuilder.CreateIndex(
                name: "ix_identity_proxy_invitations_token_hash",
                table: "identity_proxy_invitations",
                column: "token_hash",
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "identity_age_tiers");

            migrationBuilder.DropTable(
                name: "identity_grant_documents");

            migrationBuilder.DropTable(
                name: "identity_grant_notices");

            migrationBuilder.DropTable(
                name: "identity_proxy_concerns");

            migrationBuilder.DropTable(
                name: "identity_proxy_invitations");

            migrationBuilder.DropIndex(
                name: "ix_identity_grants_account_id_patient_id",
                table: "identity_grants");

            migrationBuilder.DropColumn(
                name: "conflict_at",
                table: "identity_patients");

            migrationBuilder.DropColumn(
                name: "conflict_reason",
                table: "identity_patients");

            migrationBuilder.DropColumn(
                name: "basis",
                table: "identity_grants");

            migrationBuilder.DropColumn(
                name: "document_id",
                table: "identity_grants");

            migrationBuilder.DropColumn(
                name: "granted_by",
                table: "identity_grants");

            migrationBuilder.DropColumn(
                name: "revoked_because",
                table: "identity_grants");

            migrationBuilder.DropColumn(
                name: "revoked_by",
                table: "identity_grants");

            migrationBuilder.DropColumn(
                name: "told",
                table: "identity_grants");

            migrationBuilder.CreateIndex(
                name: "ix_identity_grants_account_id_patient_id",
                table: "identity_grants",
                columns: new[] { "account_id", "patient_id" });
        }
    }
}
