using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace PatientPortal.Scheduling.Data.Migrations;

/// <summary>
/// On PostgreSQL who races for a time queues for it. The exclusion constraint alone lets each racer insert first and look afterwards, so that
/// two may wait for each other: the server then ends one of them as a deadlock, after a second. The trigger that takes a lock for the
/// provider, and then for the patient, now stands before the constraint everywhere; the constraint stays, for it holds whoever writes.
/// </summary>
[DbContext(typeof(SchedulingDb)), Migration("20261123090000_RacersQueue")]
internal sealed class RacersQueue : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        if (migrationBuilder.ActiveProvider!.EndsWith("Sqlite", StringComparison.Ordinal)) return;
        migrationBuilder.Sql("DROP TRIGGER IF EXISTS scheduling_no_double_booking ON scheduling_appointments;");
        migrationBuilder.Sql("""
            CREATE TRIGGER scheduling_no_double_booking BEFORE INSERT OR UPDATE OF provider_id, patient_id, starts_at, ends_at, holds_time ON scheduling_appointments
                FOR EACH ROW EXECUTE FUNCTION scheduling_no_double_booking();
            """);
    }
}
