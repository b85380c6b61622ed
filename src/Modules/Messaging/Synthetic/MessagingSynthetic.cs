using PatientPortal.Messaging.Data;
using PatientPortal.Messaging.Domain;
using PatientPortal.Synthetic;

namespace PatientPortal.Messaging.Synthetic;

/// <summary>The synthetic clinic's teams, the people it knows, and their conversations in every state.</summary>
sealed class MessagingSynthetic(MessagingDb db) : ISynthetic
{
    static readonly DayOfWeek[] Weekdays = [DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday];

    public int Order => 60;

    public async Task Fill(Cast cast, CancellationToken ct)
    {
        db.ChangeTracker.AutoDetectChangesEnabled = false;
        var teams = cast.Teams.Select((team, rank) => Team(team, rank, cast)).ToDictionary(t => t.Id);
        // A further part of a large cast comes without the teams: they stand already.
        if (teams.Count is 0) teams = await db.Teams.AsNoTracking().AsSplitQuery().Include(t => t.Hours).Include(t => t.Closures).Include(t => t.Topics).ToDictionaryAsync(t => t.Id, ct);
        else db.AddRange(teams.Values);

        var accounts = cast.Accounts.ToLookup(a => a.PatientId);
        var names = cast.Patients.ToDictionary(p => p.Id, p => p);
        db.AddRange(cast.Patients.Select(p => new KnownPatient
        {
            Id = p.Id, Name = p.Name, TimeZone = p.TimeZone, Language = p.Language,
            AccountId = accounts[p.Id].FirstOrDefault()?.Id, Email = accounts[p.Id].FirstOrDefault()?.Email,
        }));
        foreach (var proxy in cast.Proxies)
        {
            var account = cast.Accounts.First(a => a.Id == proxy.AccountId);
            db.Add(new KnownProxy
            {
                GrantId = proxy.Id, PatientId = proxy.PatientId, AccountId = proxy.AccountId, Name = account.Name, Email = account.Email,
                Language = names.GetValueOrDefault(account.PatientId)?.Language ?? "en", Scopes = string.Join(' ', proxy.Scopes),
            });
        }

        var staff = cast.Staff.ToDictionary(s => s.Id);
        foreach (var thread in cast.Threads) db.Add(Conversation(thread, teams[thread.TeamId], staff, cast));
        await db.Save(ct);
        db.ChangeTracker.AutoDetectChangesEnabled = true;
    }

    static Team Team(CastTeam cast, int rank, Cast all) => new()
    {
        Id = cast.Id, Name = cast.Name, SpanishName = cast.SpanishName, Phone = all.Clinic.Phone, TimeZone = all.Locations[0].TimeZone,
        PromiseDays = rank is 0 ? 2 : 1, Rank = rank,
        Hours = [.. Weekdays.Select(d => new TeamHours { TeamId = cast.Id, Day = d, Opens = new(8, 0), Closes = new(17, 0) })],
        Topics = [.. cast.Topics.Select(Topic).Distinct().Select(t => new TeamTopic { TeamId = cast.Id, Topic = t })],
    };

    static Conversation Conversation(CastThread cast, Team team, IReadOnlyDictionary<Guid, CastStaff> staff, Cast all)
    {
        var thread = new Conversation
        {
            Id = cast.Id, PatientId = cast.PatientId, TeamId = cast.TeamId, Topic = Topic(cast.Topic), Subject = cast.Subject, StartedAt = cast.Messages[0].At,
        };
        var own = all.Accounts.FirstOrDefault(a => a.PatientId == cast.PatientId)?.Id;
        foreach (var message in cast.Messages)
        {
            var author = message.AuthorId ?? cast.PatientId;
            if (message.ByStaff)
                _ = thread.Answer(message.Id, new(From.Staff, author, message.AuthorName, staff.GetValueOrDefault(author)?.Role ?? "Nurse"), message.Body, message.At).Value;
            else
                _ = thread.Write(message.Id, own is null || own == author ? new(From.Patient, author, message.AuthorName, "") : new(From.Proxy, author, message.AuthorName, "parent"), message.Body, team, message.At).Value;
        }
        if (cast.State is CastThreadState.Closed)
            _ = thread.Close(thread.ClaimedById!.Value, thread.ClaimedByName!, cast.Messages[^1].ByStaff ? ClosedWith.Answered : ClosedWith.NoAnswerNeeded, cast.Messages[^1].At.AddHours(1)).Value;

        // What is answered and not new has been read by whoever wrote last on the patient's side.
        var reader = cast.Messages.LastOrDefault(m => !m.ByStaff);
        foreach (var (index, message) in thread.Messages.Index())
        {
            var unread = cast.State is CastThreadState.AnsweredUnread && index == thread.Messages.Count - 1;
            if (message.From is From.Staff && !unread && reader is { AuthorId: { } id })
                message.ReadMarks.Add(new() { MessageId = message.Id, ReaderId = id, ReaderName = reader.AuthorName, Side = own == id ? From.Patient : From.Proxy, ReadAt = message.SentAt.AddHours(2) });
            if (message.From is not From.Staff && thread.ClaimedById is { } nurse && index < thread.Messages.Count - 1)
                message.ReadMarks.Add(new() { MessageId = message.Id, ReaderId = nurse, ReaderName = thread.ClaimedByName!, Side = From.Staff, ReadAt = message.SentAt.AddHours(1) });
        }
        return thread;
    }

    static Topic Topic(string said) => said switch
    {
        "Test results" => Domain.Topic.Results,
        "Medications" => Domain.Topic.Medication,
        "Refills" => Domain.Topic.Refill,
        "Appointments" => Domain.Topic.Appointment,
        "Forms and letters" => Domain.Topic.Form,
        "Address or insurance" => Domain.Topic.Billing,
        "Something else" => Domain.Topic.Other,
        _ => Domain.Topic.Question,
    };
}
