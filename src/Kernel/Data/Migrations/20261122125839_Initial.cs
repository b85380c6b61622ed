using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace PatientPortal.Kernel.Data.Migrations
{
    /// <inheritdoc />
    sealed partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "kernel_audit",
                columns: table => new
                {
                    seq = table.Column<long>(nullable: false)
                        .Annotation("Sqlite:Autoincrement", true)
                        .Annotation("Npgsql:ValueGenerationStrategy", Npgsql.EntityFrameworkCore.PostgreSQL.Metadata.NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    at = table.Column<long>(nullable: false),
                    trace_id = table.Column<string>(nullable: false),
                    actor_kind = table.Column<string>(nullable: false),
                    actor_id = table.Column<Guid>(nullable: false),
                    actor_name = table.Column<string>(nullable: false),
                    actor_role = table.Column<string>(nullable: false),
                    relation = table.Column<string>(nullable: true),
                    patient_id = table.Column<Guid>(nullable: true),
                    act = table.Column<string>(nullable: false),
                    what = table.Column<string>(nullable: false),
                    says = table.Column<string>(nullable: false),
                    outcome = table.Column<string>(nullable: false),
                    address = table.Column<string>(nullable: true),
                    session_id = table.Column<Guid>(nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_kernel_audit", x => x.seq);
                });

            migrationBuilder.CreateTable(
                name: "kernel_audit_links",
                columns: table => new
                {
                    n = table.Column<long>(nullable: false),
                    first_seq = table.Column<long>(nullable: false),
                    last_seq = table.Column<long>(nullable: false),
                    count = table.Column<int>(nullable: false),
                    digests = table.Column<byte[]>(nullable: false),
                    hash = table.Column<byte[]>(nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_kernel_audit_links", x => x.n);
                });

            migrationBuilder.CreateTable(
                name: "kernel_deliveries",
                columns: table => new
                {
                    seq = table.Column<long>(nullable: false)
                        .Annotation("Sqlite:Autoincrement", true)
                        .Annotation("Npgsql:ValueGenerationStrategy", Npgsql.EntityFrameworkCore.PostgreSQL.Metadata.NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    outbox_id = table.Column<Guid>(nullable: false),
                    handler = table.Column<string>(nullable: false),
                    subject = table.Column<Guid>(nullable: true),
                    state = table.Column<string>(nullable: false),
                    attempts = table.Column<int>(nullable: false),
                    next_at = table.Column<long>(nullable: false),
                    done_at = table.Column<long>(nullable: true),
                    error = table.Column<string>(nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_kernel_deliveries", x => x.seq);
                });

            migrationBuilder.CreateTable(
                name: "kernel_jobs",
                columns: table => new
                {
                    name = table.Column<string>(nullable: false),
                    lease_until = table.Column<long>(nullable: false),
                    started_at = table.Column<long>(nullable: true),
                    ended_at = table.Column<long>(nullable: true),
                    result = table.Column<string>(nullable: true),
                    succeeded = table.Column<int>(nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_kernel_jobs", x => x.name);
                });

            migrationBuilder.CreateTable(
                name: "kernel_outbox",
                columns: table => new
                {
                    id = table.Column<Guid>(nullable: false),
                    type = table.Column<string>(nullable: false),
                    subject = table.Column<Guid>(nullable: true),
                    at = table.Column<long>(nullable: false),
                    payload = table.Column<byte[]>(nullable: false),
                    trace_id = table.Column<string>(nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_kernel_outbox", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "kernel_repeats",
                columns: table => new
                {
                    key = table.Column<byte[]>(nullable: false),
                    request = table.Column<byte[]>(nullable: false),
                    answer = table.Column<byte[]>(nullable: false),
                    at = table.Column<long>(nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_kernel_repeats", x => x.key);
                });

            migrationBuilder.CreateTable(
                name: "kernel_settings",
                columns: table => new
                {
                    name = table.Column<string>(nullable: false),
                    value = table.Column<string>(nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_kernel_settings", x => x.name);
                });

            migrationBuilder.CreateIndex(
                name: "ix_kernel_audit_actor_id_seq",
                table: "kernel_audit",
                columns: new[] { "actor_id", "seq" });

            migrationBuilder.CreateIndex(
                name: "ix_kernel_audit_patient_id_seq",
                table: "kernel_audit",
                columns: new[] { "patient_id", "seq" });

            migrationBuilder.CreateIndex(
                name: "ix_kernel_deliveries_handler_subject_seq",
                table: "kernel_deliveries",
                columns: new[] { "handler", "subject", "seq" },
                filter: "state <> 'done'");

            migrationBuilder.CreateIndex(
                name: "ix_kernel_deliveries_outbox_id",
                table: "kernel_deliveries",
                column: "outbox_id");

            migrationBuilder.CreateIndex(
                name: "ix_kernel_deliveries_state_next_at",
                table: "kernel_deliveries",
                columns: new[] { "state", "next_at" },
                filter: "state <> 'done'");

            migrationBuilder.CreateIndex(
                name: "ix_kernel_outbox_at",
                table: "kernel_outbox",
                column: "at");

            migrationBuilder.CreateIndex(
                name: "ix_kernel_repeats_at",
                table: "kernel_repeats",
                column: "at");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "kernel_audit");

            migrationBuilder.DropTable(
                name: "kernel_audit_links");

            migrationBuilder.DropTable(
                name: "kernel_deliveries");

            migrationBuilder.DropTable(
                name: "kernel_jobs");

            migrationBuilder.DropTable(
                name: "kernel_outbox");

            migrationBuilder.DropTable(
                name: "kernel_repeats");

            migrationBuilder.DropTable(
                name: "kernel_settings");
        }
    }
}
