using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace PatientPortal.Kernel.Data.Migrations
{
    /// <inheritdoc />
    sealed partial class AuditInFull : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_kernel_audit_actor_id_seq",
                table: "kernel_audit");

            migrationBuilder.DropIndex(
                name: "ix_kernel_audit_patient_id_seq",
                table: "kernel_audit");

            migrationBuilder.AddColumn<byte[]>(
                name: "detail",
                table: "kernel_audit",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "door",
                table: "kernel_audit",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "purpose",
                table: "kernel_audit",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "server",
                table: "kernel_audit",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "subject",
                table: "kernel_audit",
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "ix_kernel_audit_actor_id_at_seq",
                table: "kernel_audit",
                columns: new[] { "actor_id", "at", "seq" });

            migrationBuilder.CreateIndex(
                name: "ix_kernel_audit_at_seq",
                table: "kernel_audit",
                columns: new[] { "at", "seq" });

            migrationBuilder.CreateIndex(
                name: "ix_kernel_audit_patient_id_at_seq",
                table: "kernel_audit",
                columns: new[] { "patient_id", "at", "seq" });

            migrationBuilder.CreateIndex(
                name: "ix_kernel_audit_refused",
                table: "kernel_audit",
                columns: new[] { "at", "seq" },
                filter: "outcome <> 'ok'");

            migrationBuilder.CreateIndex(
                name: "ix_kernel_audit_unusual",
                table: "kernel_audit",
                columns: new[] { "at", "seq" },
                filter: "purpose IS NOT NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_kernel_audit_actor_id_at_seq",
                table: "kernel_audit");

            migrationBuilder.DropIndex(
                name: "ix_kernel_audit_at_seq",
                table: "kernel_audit");

            migrationBuilder.DropIndex(
                name: "ix_kernel_audit_patient_id_at_seq",
                table: "kernel_audit");

            migrationBuilder.DropIndex(
                name: "ix_kernel_audit_refused",
                table: "kernel_audit");

            migrationBuilder.DropIndex(
                name: "ix_kernel_audit_unusual",
                table: "kernel_audit");

            migrationBuilder.DropColumn(
                name: "detail",
                table: "kernel_audit");

            migrationBuilder.DropColumn(
                name: "door",
                table: "kernel_audit");

            migrationBuilder.DropColumn(
                name: "purpose",
                table: "kernel_audit");

            migrationBuilder.DropColumn(
                name: "server",
                table: "kernel_audit");

            migrationBuilder.DropColumn(
                name: "subject",
                table: "kernel_audit");

            migrationBuilder.CreateIndex(
                name: "ix_kernel_audit_actor_id_seq",
                table: "kernel_audit",
                columns: new[] { "actor_id", "seq" });

            migrationBuilder.CreateIndex(
                name: "ix_kernel_audit_patient_id_seq",
                table: "kernel_audit",
                columns: new[] { "patient_id", "seq" });
        }
    }
}
