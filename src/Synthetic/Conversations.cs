namespace PatientPortal.Synthetic;

/// <summary>What patients and teams wrote to each other.</summary>
internal static class Conversations
{
    record Line(bool ByStaff, string Body, int DaysAgo, int Hour, int Minute);

    record Talk(int Team, string Topic, string Subject, CastThreadState State, Line[] Lines);

    static readonly Talk[] OfMaria =
    [
        new(0, "Test results", "My cholesterol result", CastThreadState.AnsweredUnread,
        [
            new(false, "Hello, I saw that my LDL is still a little high. Should I change anything before Thursday?", 2, 18, 42),
            new(true, "Hello Maria, thank you for asking. Please keep taking atorvastatin as you do. Dr. Lee will go through it with you at your visit.", 1, 9, 15),
        ]),
        new(2, "Refills", "Can my metformin go to Harbor Street?", CastThreadState.Waiting,
            [new(false, "I moved nearer to Harbor Street Drugs. Can my metformin be sent there from now on?", 1, 20, 5)]),
        new(1, "Forms and letters", "Letter for my employer", CastThreadState.Closed,
        [
            new(false, "Could I have a letter that says I was at the clinic on my last visit?", 60, 12, 10),
            new(true, "The letter is ready at the front desk. You can also find it under Documents.", 59, 10, 30),
            new(false, "Thank you, I have it.", 58, 19, 2),
            new(true, "You are welcome. We close this conversation now.", 57, 9, 12),
        ]),
        new(0, "Medications", "Dry cough in the evenings", CastThreadState.Answered,
        [
            new(false, "Since I take lisinopril I cough a little in the evenings. Is that something to worry about?", 101, 21, 30),
            new(true, "A dry cough can come with lisinopril. It is not dangerous. If it bothers you, we can change to another medicine. Is it keeping you awake?", 100, 8, 50),
            new(false, "No, it is mild. I will tell you if it gets worse.", 100, 18, 12),
            new(true, "Good. We have noted it, and will ask again at your next visit.", 99, 9, 5),
        ]),
    ];

    static readonly Talk[] Ordinary =
    [
        new(0, "Symptoms or a condition", "Question about my blood pressure numbers", CastThreadState.Waiting,
            [new(false, "My readings at home were 148 over 92 and 151 over 90 this week. Should I come in earlier?", 1, 7, 25)]),
        new(1, "Appointments", "A later time", CastThreadState.Closed,
        [
            new(false, "Is there anything after 4 pm in the next two weeks?", 33, 13, 0),
            new(true, "There is Thursday at 4:30 pm with Mateo Fuentes. You can book it on the Visits page.", 32, 9, 40),
        ]),
        new(0, "Test results", "What does this value mean?", CastThreadState.Answered,
        [
            new(false, "One of my values is marked low. Do I need to do anything?", 12, 16, 45),
            new(true, "It is just below the range and has been the same for years. Nothing to do; we will check it again next year.", 11, 11, 20),
        ]),
        new(2, "Medications", "Took two by mistake", CastThreadState.AnsweredUnread,
        [
            new(false, "I took my tablet twice this morning by mistake. I feel fine.", 2, 8, 15),
            new(true, "One extra tablet should not harm you. Skip tomorrow’s, then go on as usual. If you feel dizzy, call us.", 2, 9, 1),
        ]),
        new(0, "Forms and letters", "School form", CastThreadState.Waiting,
            [new(false, "The school needs a form about the inhaler signed. I can bring it on Friday, is that all right?", 3, 14, 30)]),
        new(1, "Something else", "Parking at Lakeside", CastThreadState.Closed,
        [
            new(false, "Where can I park when I come to Lakeside?", 75, 10, 10),
            new(true, "The garage is behind the building; the first two hours are free for patients.", 75, 11, 35),
        ]),
    ];

    /// <summary>Two messages each: ten a patient.</summary>
    static readonly int[] OfSlim = [1, 2, 3, 5, 1];

    static readonly Talk[] Spanish =
    [
        new(0, "Medications", "Pregunta sobre la insulina", CastThreadState.Waiting,
            [new(false, "Buenas tardes. ¿Debo cambiar la dosis de insulina si camino más por la tarde?", 1, 17, 20)]),
        new(1, "Appointments", "Cambiar mi cita", CastThreadState.Closed,
        [
            new(false, "¿Puedo venir con mi hija a la próxima cita para que me ayude a traducir?", 41, 9, 30),
            new(true, "Claro que sí. También podemos pedir un intérprete sin costo; díganos si lo prefiere.", 40, 10, 15),
        ]),
    ];

    public static IEnumerable<CastThread> Of(Cast cast, CastPatient patient)
    {
        if (patient.IsMaria) return OfMaria.Select((talk, k) => Make(cast, patient, talk, k));
        if (patient.Story is CastStory.Slim or CastStory.Long) return OfSlim.Select((talk, k) => Make(cast, patient, Ordinary[talk], k));
        var talks = patient.Language is "es" ? Spanish : Ordinary;
        var count = patient.Number % 3 is 0 ? 2 : 1;
        return Enumerable.Range(0, count).Select(k => Make(cast, patient, talks[(patient.Number + k) % talks.Length], k));
    }

    static CastThread Make(Cast cast, CastPatient patient, Talk talk, int k)
    {
        var team = cast.Plan.Teams[talk.Team];
        var writer = WriterFor(cast, patient);
        var messages = talk.Lines.Select((line, m) =>
        {
            var staff = cast.Plan.Staff.First(s => s.Id == team.StaffIds[^1]);
            return new CastMessage(StableId.Of("message", patient.Number, k * 10 + m), line.ByStaff,
                line.ByStaff ? staff.Id : writer.Id, line.ByStaff ? staff.Name : writer.Name,
                cast.At(cast.Today.AddDays(-line.DaysAgo), new TimeOnly(line.Hour, line.Minute), "America/New_York"), line.Body);
        });
        return new CastThread(StableId.Of("thread", patient.Number, k), patient.Id, team.Id, talk.Topic, talk.Subject, talk.State, [.. messages]);
    }

    /// <summary>A child's parent writes for them.</summary>
    static (Guid? Id, string Name) WriterFor(Cast cast, CastPatient patient)
    {
        if (cast.Accounts.FirstOrDefault(a => a.PatientId == patient.Id) is { } own) return (own.Id, patient.Name);
        var proxy = cast.Proxies.FirstOrDefault(p => p.PatientId == patient.Id);
        return proxy is null ? (null, patient.Name) : (proxy.AccountId, cast.Accounts.First(a => a.Id == proxy.AccountId).Name);
    }
}
