using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace PatientPortal.Identity.Data.Migrations
{
    /// <inheritdoc />
    sealed partial class Passkeys : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "identity_passkeys",
                columns: table => new
                {
                    id = table.Column<Guid>(nullable: false),
                    account_id = table.Column<Guid>(nullable: false),
                    credential_id = table.Column<byte[]>(nullable: false),
                    public_key = table.Column<byte[]>(nullable: false),
                    name = table.Column<string>(nullable: false),
                    sign_count = table.Column<long>(nullable: false),
                    transports = table.Column<string>(nullable: false),
                    is_backup_eligible = table.Column<bool>(nullable: false),
                    is_backed_up = table.Column<bool>(nullable: false),
                    created_at = table.Column<long>(nullable: false),
                    used_at = table.Column<long>(nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_identity_passkeys", x => x.id);
                    table.ForeignKey(
                        name: "fk_identity_passkeys_account_id",
                        column: x => x.account_id,
                        principalTable: "identity_accounts",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "identity_spent_challenges",
                columns: table => new
                {
                    hash = table.Column<byte[]>(nullable: false),
                    spent_at = table.Column<long>(nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_identity_spent_challenges", x => x.hash);
                });

            migrationBuilder.CreateIndex(
                name: "ix_identity_passkeys_account_id",
                table: "identity_passkeys",
                column: "account_id");

            migrationBuilder.CreateIndex(
                name: "ix_identity_passkeys_credential_id",
                table: "identity_passkeys",
                column: "credential_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_identity_spent_challenges_spent_at",
                table: "identity_spent_challenges",
                column: "spent_at");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "identity_passkeys");

            migrationBuilder.DropTable(
                name: "identity_spent_challenges");
        }
    }
}
