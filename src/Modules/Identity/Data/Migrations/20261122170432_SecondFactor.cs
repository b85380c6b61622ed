using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace PatientPortal.Identity.Data.Migrations
{
    /// <inheritdoc />
    sealed partial class SecondFactor : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<byte[]>(
                name: "pending_totp_secret",
                table: "identity_accounts",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "pending_totp_until",
                table: "identity_accounts",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "identity_recovery_codes",
                columns: table => new
                {
                    id = table.Column<Guid>(nullable: false),
                    account_id = table.Column<Guid>(nullable: false),
                    code_hash = table.Column<byte[]>(nullable: false),
                    issued_at = table.Column<long>(nullable: false),
                    used_at = table.Column<long>(nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_identity_recovery_codes", x => x.id);
                    table.ForeignKey(
                        name: "fk_identity_recovery_codes_account_id",
                        column: x => x.account_id,
                        principalTable: "identity_accounts",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_identity_recovery_codes_account_id_code_hash",
                table: "identity_recovery_codes",
                columns: new[] { "account_id", "code_hash" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "identity_recovery_codes");

            migrationBuilder.DropColumn(
                name: "pending_totp_secret",
                table: "identity_accounts");

            migrationBuilder.DropColumn(
                name: "pending_totp_until",
                table: "identity_accounts");
        }
    }
}
