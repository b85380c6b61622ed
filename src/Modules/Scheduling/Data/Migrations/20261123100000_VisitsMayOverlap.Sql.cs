using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace PatientPortal.Scheduling.Data.Migrations;

/// <summary>
/// Two charts that are joined may each have a visit at one time. The row that came with the absorbed chart then may overlap those of its patient; nothing
/// else may, and no provider is ever booked twice.
/// </summary>
[DbContext(typeof(SchedulingDb)), Migration("20261123100000_VisitsMayOverlap")]
internal sealed class VisitsMayOverlap : Migration
{
    const string Overlap = $"""
        SELECT 1 FROM scheduling_appointments a WHERE a.holds_time AND a.id <> NEW.id
        AND a.starts_at < NEW.ends_at AND a.starts_at > NEW.starts_at - {NoDoubleBooking.LongestVisit} AND a.ends_at > NEW.starts_at
        """;

    protected override void Up(MigrationBuilder migrationBuilder)
    {
        if (migrationBuilder.ActiveProvider!.EndsWith("Sqlite", StringComparison.Ordinal)) Sqlite(migrationBuilder); else PostgreSql(migrationBuilder);
    }

    static void Sqlite(MigrationBuilder migration)
    {
        foreach (var (name, when) in new[] { ("insert", "INSERT"), ("update", "UPDATE OF provider_id, patient_id, starts_at, ends_at, holds_time, may_overlap") })
        {
            migration.Sql($"DROP TRIGGER scheduling_no_double_booking_{name};");
            migration.Sql($"""
                CREATE TRIGGER scheduling_no_double_booking_{name} BEFORE {when} ON scheduling_appointments WHEN NEW.holds_time
                BEGIN
                    SELECT RAISE(ABORT, 'taken') WHERE EXISTS ({Overlap} AND a.provider_id = NEW.provider_id);
                    SELECT RAISE(ABORT, 'taken') WHERE NOT NEW.may_overlap AND EXISTS ({Overlap} AND a.patient_id = NEW.patient_id);
                END;
                """);
        }
    }

    static void PostgreSql(MigrationBuilder migration)
    {
        migration.Sql($"""
            CREATE OR REPLACE FUNCTION scheduling_no_double_booking() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
                IF NOT NEW.holds_time THEN RETURN NEW; END IF;
                PERFORM pg_advisory_xact_lock(hashtextextended('scheduling provider ' || NEW.provider_id::text, 0));
                PERFORM pg_advisory_xact_lock(hashtextextended('scheduling patient ' || NEW.patient_id::text, 0));
                IF EXISTS ({Overlap} AND a.provider_id = NEW.provider_id) OR NOT NEW.may_overlap AND EXISTS ({Overlap} AND a.patient_id = NEW.patient_id) THEN
                    RAISE EXCEPTION 'taken' USING ERRCODE = 'exclusion_violation';
                END IF;
                RETURN NEW;
            END $$;
            """);
        migration.Sql("""
            DO $$ BEGIN
                IF EXISTS (SELECT 1 FROM pg_constraint WHERE conname = 'ex_scheduling_appointments_patient') THEN
                    ALTER TABLE scheduling_appointments DROP CONSTRAINT ex_scheduling_appointments_patient,
                        ADD CONSTRAINT ex_scheduling_appointments_patient EXCLUDE USING gist (patient_id WITH =, int8range(starts_at, ends_at) WITH &&) WHERE (holds_time AND NOT may_overlap);
                END IF;
            END $$;
            """);
    }
}
