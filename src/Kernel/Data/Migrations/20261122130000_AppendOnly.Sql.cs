using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace PatientPortal.Kernel.Data.Migrations;

/// <summary>The trail is append-only, enforced by the database itself: rows and links can't be changed or deleted.</summary>
[DbContext(typeof(KernelDb)), Migration("20261122130000_AppendOnly")]
sealed class AppendOnly : Migration
{
    static readonly string[] Tables = ["kernel_audit", "kernel_audit_links"];

    protected override void Up(MigrationBuilder migrationBuilder)
    {
        var sqlite = migrationBuilder.ActiveProvider!.EndsWith("Sqlite", StringComparison.Ordinal);
        if (!sqlite)
            migrationBuilder.Sql("""
                CREATE FUNCTION kernel_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN RAISE EXCEPTION 'the audit trail is append-only'; END $$;
                """);
        foreach (var table in Tables)
        {
            if (sqlite)
            {
                migrationBuilder.Sql($"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END;");
                migrationBuilder.Sql($"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END;");
            }
            else
            {
                migrationBuilder.Sql($"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION kernel_append_only();");
                migrationBuilder.Sql($"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION kernel_append_only();");
            }
        }
    }
}
