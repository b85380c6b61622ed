using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace PatientPortal.Scheduling.Data.Migrations;

/// <summary>
/// What no row may do, whoever writes it and how many at once: overlap another that holds its time, of the same provider or the
/// same patient, whatever their lengths. SQLite has no constraint for that, but its writers are serial, so a trigger decides
/// without a race. PostgreSQL has one, on the extension btree_gist; where that may not be installed a trigger does it, after
/// taking a lock for the provider and for the patient.
/// </summary>
[DbContext(typeof(SchedulingDb)), Migration("20261122230000_NoDoubleBooking")]
internal sealed class NoDoubleBooking : Migration
{
    /// <summary>Eight hours in microseconds: how far back an overlapping row can begin.</summary>
    public const string LongestVisit = "28800000000";

    protected override void Up(MigrationBuilder migrationBuilder)
    {
        if (migrationBuilder.ActiveProvider!.EndsWith("Sqlite", StringComparison.Ordinal)) Sqlite(migrationBuilder); else PostgreSql(migrationBuilder);
        migrationBuilder.Sql("INSERT INTO scheduling_supply_versions (id, number) VALUES (1, 1);");
    }

    static readonly string[] Supply = ["locations", "providers", "visit_types", "offerings", "weekly_hours"];

    const string Overlap = $"""
        SELECT 1 FROM scheduling_appointments a WHERE a.holds_time AND a.id <> NEW.id
        AND a.starts_at < NEW.ends_at AND a.starts_at > NEW.starts_at - {LongestVisit} AND a.ends_at > NEW.starts_at
        """;

    static void Sqlite(MigrationBuilder migration)
    {
        foreach (var (name, when) in new[] { ("insert", "INSERT"), ("update", "UPDATE OF provider_id, patient_id, starts_at, ends_at, holds_time") })
            migration.Sql($"""
                CREATE TRIGGER scheduling_no_double_booking_{name} BEFORE {when} ON scheduling_appointments WHEN NEW.holds_time
                BEGIN
                    SELECT RAISE(ABORT, 'taken') WHERE EXISTS ({Overlap} AND a.provider_id = NEW.provider_id);
                    SELECT RAISE(ABORT, 'taken') WHERE EXISTS ({Overlap} AND a.patient_id = NEW.patient_id);
                END;
                """);
        foreach (var table in Supply)
            foreach (var change in new[] { "INSERT", "UPDATE", "DELETE" })
                migration.Sql($"""
                    CREATE TRIGGER scheduling_{table}_{change.ToLowerInvariant()}_counts AFTER {change} ON scheduling_{table}
                    BEGIN
                        UPDATE scheduling_supply_versions SET number = number + 1;
                    END;
                    """);
    }

    static void PostgreSql(MigrationBuilder migration)
    {
        migration.Sql("""
            DO $$ BEGIN
                CREATE EXTENSION IF NOT EXISTS btree_gist;
            EXCEPTION WHEN insufficient_privilege OR undefined_file OR feature_not_supported THEN
                RAISE NOTICE 'btree_gist cannot be installed: a trigger refuses double bookings in its place';
            END $$;
            """);
        migration.Sql($"""
            CREATE FUNCTION scheduling_no_double_booking() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
                IF NOT NEW.holds_time THEN RETURN NEW; END IF;
                PERFORM pg_advisory_xact_lock(hashtextextended('scheduling provider ' || NEW.provider_id::text, 0));
                PERFORM pg_advisory_xact_lock(hashtextextended('scheduling patient ' || NEW.patient_id::text, 0));
                IF EXISTS ({Overlap} AND a.provider_id = NEW.provider_id) OR EXISTS ({Overlap} AND a.patient_id = NEW.patient_id) THEN
                    RAISE EXCEPTION 'taken' USING ERRCODE = 'exclusion_violation';
                END IF;
                RETURN NEW;
            END $$;
            """);
        migration.Sql("""
            DO $$ BEGIN
                IF EXISTS (SELECT 1 FROM pg_extension WHERE extname = 'btree_gist') THEN
                    ALTER TABLE scheduling_appointments
                        ADD CONSTRAINT ex_scheduling_appointments_provider EXCLUDE USING gist (provider_id WITH =, int8range(starts_at, ends_at) WITH &&) WHERE (holds_time),
                        ADD CONSTRAINT ex_scheduling_appointments_patient EXCLUDE USING gist (patient_id WITH =, int8range(starts_at, ends_at) WITH &&) WHERE (holds_time);
                ELSE
                    CREATE TRIGGER scheduling_no_double_booking BEFORE INSERT OR UPDATE ON scheduling_appointments
                        FOR EACH ROW EXECUTE FUNCTION scheduling_no_double_booking();
                END IF;
            END $$;
            """);
        migration.Sql("""
            CREATE FUNCTION scheduling_supply_changed() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
                UPDATE scheduling_supply_versions SET number = number + 1;
                RETURN NULL;
            END $$;
            """);
        foreach (var table in Supply)
            migration.Sql($"""
                CREATE TRIGGER scheduling_{table}_counts AFTER INSERT OR UPDATE OR DELETE ON scheduling_{table}
                    FOR EACH STATEMENT EXECUTE FUNCTION scheduling_supply_changed();
                """);
    }
}
