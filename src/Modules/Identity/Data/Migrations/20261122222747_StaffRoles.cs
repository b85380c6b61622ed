using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace PatientPortal.Identity.Data.Migrations
{
    /// <inheritdoc />
    sealed partial class StaffRoles : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "identity_role_changes",
                columns: table => new
                {
                    id = table.Column<Guid>(nullable: false),
                    staff_id = table.Column<Guid>(nullable: false),
                    from = table.Column<string>(maxLength: 40, nullable: true),
                    to = table.Column<string>(maxLength: 40, nullable: false),
                    by_id = table.Column<Guid>(nullable: false),
                    by_name = table.Column<string>(nullable: false),
                    at = table.Column<long>(nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_identity_role_changes", x => x.id);
                    table.ForeignKey(
                        name: "fk_identity_role_changes_staff_id",
                        column: x => x.staff_id,
                        principalTable: "identity_staff_members",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_identity_role_changes_staff_id_at",
                table: "identity_role_changes",
                columns: new[] { "staff_id", "at" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "identity_role_changes");
        }
    }
}
