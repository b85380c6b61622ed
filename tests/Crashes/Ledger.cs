using System.Globalization;
using Microsoft.Data.Sqlite;

namespace PatientPortal.Crashes;

/// <summary>
/// Looks into the database file for what no route shows: news and notices, each delivered once. Also lets time pass while no portal runs, so
/// that some reminders become due. What a killed portal had claimed is left as it is: the next one has to free it.
/// </summary>
internal sealed class Ledger(string data)
{
    /// <summary>While no portal runs: <paramref name="reminders"/> more reminders are due.</summary>
    public void LetTimePass(int reminders)
    {
        using var connection = Open();
        var now = (TimeProvider.System.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
        Execute(connection, string.Create(CultureInfo.InvariantCulture,
            $"UPDATE scheduling_reminders SET due_at = {now} WHERE id IN (SELECT r.id FROM scheduling_reminders r JOIN scheduling_appointments a ON a.id = r.appointment_id WHERE r.state = 'Planned' AND r.due_at > {now} AND a.starts_at > {now} ORDER BY r.due_at LIMIT {reminders})"));
    }

    /// <summary>How much still waits to be delivered or sent.</summary>
    public long Waiting()
    {
        using var connection = Open();
        var now = (TimeProvider.System.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
        return Number(connection, "SELECT COUNT(*) FROM kernel_deliveries WHERE state = 'pending'")
            + Number(connection, "SELECT COUNT(*) FROM messaging_deliveries WHERE state IN ('Due', 'Sending')")
            + Number(connection, string.Create(CultureInfo.InvariantCulture, $"SELECT COUNT(*) FROM scheduling_reminders WHERE state = 'Planned' AND due_at <= {now}"));
    }

    /// <summary>Again: notices whose sender was killed, which the next one sent under the same Message-ID.</summary>
    public (long News, long Notices, long Again, long Reminders) Counts()
    {
        using var connection = Open();
        return (Number(connection, "SELECT COUNT(*) FROM kernel_outbox"), Number(connection, "SELECT COUNT(*) FROM messaging_deliveries"),
            Number(connection, "SELECT COUNT(*) FROM messaging_deliveries WHERE attempts > 1"),
            Number(connection, "SELECT COUNT(*) FROM scheduling_reminders WHERE state = 'Announced'"));
    }

    /// <summary>What is missing or doubled, once nothing waits any more.</summary>
    public IReadOnlyList<string> Check(long bookings, long cancellations)
    {
        using var connection = Open();
        var wrong = new List<string>();
        void None(string what, string sql)
        {
            var count = Number(connection, sql);
            if (count > 0) wrong.Add($"{count} {what}");
        }
        None("news that need a person", "SELECT COUNT(*) FROM kernel_deliveries WHERE state <> 'done'");
        None("doubled deliveries of one event to one handler", "SELECT COUNT(*) FROM (SELECT 1 FROM kernel_deliveries GROUP BY outbox_id, handler HAVING COUNT(*) > 1)");
        None("notices not sent", "SELECT COUNT(*) FROM messaging_deliveries WHERE state <> 'Sent' AND state <> 'Withdrawn'");
        None("doubled notices", "SELECT COUNT(*) FROM (SELECT 1 FROM messaging_deliveries GROUP BY news, recipient_id, channel HAVING COUNT(*) > 1)");
        // A reminder is told to each person who may hear of it, and at least to the patients who have an account.
        None("announced reminders without a notice", """
            SELECT COUNT(*) FROM scheduling_reminders r JOIN scheduling_appointments a ON a.id = r.appointment_id
            JOIN messaging_known_patients k ON k.id = a.patient_id AND k.account_id IS NOT NULL
            WHERE r.state = 'Announced' AND NOT EXISTS (SELECT 1 FROM messaging_deliveries d WHERE d.patient_id = a.patient_id AND d.kind = 'Reminder' AND lower(d.news) = 'reminder:' || lower(r.id))
            """);
        void Told(string what, long done, string news, string kind)
        {
            // Announced once each, and each announcement told.
            var announced = Number(connection, $"SELECT COUNT(*) FROM kernel_outbox WHERE type LIKE '%.{news}'");
            if (announced != done) wrong.Add($"{done} {what}, {announced} of them are announced");
            var told = Number(connection, $"SELECT COUNT(DISTINCT news) FROM messaging_deliveries WHERE kind = '{kind}'");
            if (told != done) wrong.Add($"{done} {what}, {told} of them are told");
        }
        Told("bookings", bookings, "AppointmentBooked", "AppointmentBooked");
        Told("cancellations", cancellations, "AppointmentCancelled", "AppointmentCancelled");
        var (due, said) = (Number(connection, "SELECT COUNT(*) FROM scheduling_reminders WHERE state = 'Announced'"), Number(connection, "SELECT COUNT(*) FROM kernel_outbox WHERE type LIKE '%.ReminderDue'"));
        if (due != said) wrong.Add($"{due} reminders are marked as announced, {said} were");

        var mails = Directory.Exists(Path.Combine(data, "mail")) ? Directory.GetFiles(Path.Combine(data, "mail"), "*.eml").Select(f => Path.GetFileNameWithoutExtension(f).ToUpperInvariant()).ToHashSet() : [];
        var sent = Texts(connection, "SELECT id FROM messaging_deliveries WHERE state = 'Sent'").Select(id => id.ToUpperInvariant()).ToHashSet();
        if (sent.Except(mails).Count() is var missing and > 0) wrong.Add($"{missing} notices are marked as sent and have no mail");
        if (mails.Except(sent).Count() is var extra and > 0) wrong.Add($"{extra} mails belong to no sent notice");
        if (Texts(connection, "PRAGMA integrity_check") is not ["ok"]) wrong.Add("the database file is damaged");
        return wrong;
    }

    SqliteConnection Open()
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Path.Combine(data, "portal.db"), Pooling = false, DefaultTimeout = 30 }.ToString());
        connection.Open();
        return connection;
    }

    static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    static long Number(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)command.ExecuteScalar()!;
    }

    static List<string> Texts(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var rows = command.ExecuteReader();
        var texts = new List<string>();
        while (rows.Read()) texts.Add(rows.GetString(0));
        return texts;
    }
}
