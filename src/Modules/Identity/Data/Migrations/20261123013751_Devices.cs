using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace PatientPortal.Identity.Data.Migrations
{
    /// <inheritdoc />
    sealed partial class Devices : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "device",
                table: "identity_sessions",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "identity_devices",
                columns: table => new
                {
                    id = table.Column<Guid>(nullable: false),
                    account_id = table.Column<Guid>(nullable: false),
                    token_hash = table.Column<byte[]>(nullable: false),
                    name = table.Column<string>(nullable: false),
                    first_used_at = table.Column<long>(nullable: false),
                    last_used_at = table.Column<long>(nullable: false),
                    remembered_until = table.Column<long>(nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_identity_devices", x => x.id);
                    table.ForeignKey(
                        name: "fk_identity_devices_account_id",
                        column: x => x.account_id,
                        principalTable: "identity_accounts",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_identity_devices_account_id_last_used_at",
                table: "identity_devices",
                columns: new[] { "account_id", "last_used_at" });

            migrationBuilder.CreateIndex(
                name: "ix_identity_devices_token_hash_account_id",
                table: "identity_devices",
                columns: new[] { "token_hash", "account_id" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "identity_devices");

            migrationBuilder.DropColumn(
                name: "device",
                table: "identity_sessions");
        }
    }
}
