namespace PatientPortal.Synthetic;

/// <summary>Plans visits into the providers' templates, so that none overlaps another.</summary>
internal sealed class Visits(ClinicPlan plan, DateOnly today, Func<DateOnly, TimeOnly, string, DateTimeOffset> at)
{
    readonly Dictionary<(Guid Provider, DateOnly Date), List<(TimeOnly From, TimeOnly To)>> taken = [];

    /// <param name="Day">Days from today, negative in the past; moved to a day on which the provider works.</param>
    record Wish(int Day, int Type, string Reason, CastVisitState State, string? CancelReason = null, int? Provider = null, TimeOnly? Time = null);

    public List<CastAppointment> Of(CastPatient patient)
    {
        var made = new List<CastAppointment>();
        foreach (var wish in Wishes(patient))
            if (Place(patient, wish, made.Count) is { } visit) made.Add(visit);
        return made;
    }

    List<Wish> Wishes(CastPatient patient)
    {
        var seed = Seed.Of("visits", patient.Number);
        var (every, years, type, reason) = patient.Story switch
        {
            CastStory.Metabolic => (3, 5, ClinicPlan.FollowUp, "Blood pressure, cholesterol and sugar follow-up"),
            CastStory.Hypertension => (4, 4, ClinicPlan.FollowUp, "Blood pressure follow-up"),
            CastStory.Diabetes => (3, 4, ClinicPlan.FollowUp, "Diabetes follow-up"),
            CastStory.Asthma => (6, 4, ClinicPlan.FollowUp, "Asthma follow-up"),
            CastStory.Pregnancy => (1, 1, ClinicPlan.Prenatal, "Prenatal visit"),
            CastStory.Thyroid => (6, 3, ClinicPlan.FollowUp, "Thyroid follow-up"),
            CastStory.Depression => (3, 2, ClinicPlan.FollowUp, "Mood follow-up"),
            CastStory.Elder => (2, 4, ClinicPlan.FollowUp, "Follow-up of long-term conditions"),
            CastStory.HeartFailure => (2, 3, ClinicPlan.FollowUp, "Heart failure follow-up"),
            CastStory.Pain => (2, 1, ClinicPlan.FollowUp, "Pain follow-up"),
            CastStory.Teen => (12, 5, ClinicPlan.FollowUp, "Yearly check-up"),
            CastStory.Child => (12, 5, ClinicPlan.WellChild, "Well-child visit"),
            CastStory.Infant => (2, 1, ClinicPlan.WellChild, "Well-child visit"),
            _ => (12, 4, ClinicPlan.Physical, "Yearly physical"),
        };
        var count = patient.Story switch { CastStory.Pregnancy => 5, CastStory.Infant => 5, _ => years * 12 / every };
        var wishes = new List<Wish>();
        if (patient.IsMaria)
            wishes.Add(new(4, ClinicPlan.FollowUp, "Follow-up of my blood pressure and cholesterol", CastVisitState.Booked, Time: new TimeOnly(9, 0)));
        else if (patient.Number % 3 is not 2)
            wishes.Add(new(3 + seed.Below(25), type, reason, CastVisitState.Booked));
        if (patient.Number is >= 4 and < 16)
            wishes.Add(new(0, ClinicPlan.SickVisit, seed.Of(SickReasons), CastVisitState.Booked, Provider: WhoWorksToday(patient.Number)));
        for (var k = 0; k < count; k++)
        {
            var yearly = k > 0 && every < 12 && type is ClinicPlan.FollowUp && k % (12 / every) is 0 && SeesAdults(patient);
            wishes.Add(new(-(6 + k * every * 30 + every * 15 + seed.Below(9)), yearly ? ClinicPlan.Physical : type,
                yearly ? "Yearly physical" : reason, CastVisitState.Fulfilled));
        }
        if (patient.Number % 4 is 0)
            wishes.Add(new(12 + seed.Below(20), ClinicPlan.PressureCheck, "Blood pressure check", CastVisitState.Cancelled, "I will be travelling that week", ClinicPlan.Lee));
        if (patient.Number % 5 is 0)
            wishes.Add(new(-(40 + seed.Below(90)), ClinicPlan.FollowUp, reason, CastVisitState.Cancelled, "The clinic was closed because of the weather"));
        if (patient.Number % 7 is 3)
            wishes.Add(new(-(60 + seed.Below(120)), type, reason, CastVisitState.NoShow));
        if (patient.Story is not (CastStory.Child or CastStory.Infant or CastStory.Pregnancy))
            wishes.Add(new(-(150 + seed.Below(200)), ClinicPlan.SickVisit, seed.Of(SickReasons), CastVisitState.Fulfilled, Provider: ClinicPlan.Reyes));
        // The days beside today have visits too, whatever weekday it is.
        if (patient.Number is >= 16 and < 28)
            wishes.Add(new(1, SeesAdults(patient) ? ClinicPlan.FollowUp : type, reason, CastVisitState.Booked));
        if (patient.Number is >= 28 and < 40)
            wishes.Add(new(-1, SeesAdults(patient) ? ClinicPlan.FollowUp : type, reason, CastVisitState.Fulfilled));
        return wishes;
    }

    static readonly string[] SickReasons = ["Cough and a sore throat for a week", "Back pain since the weekend", "A rash on my arm", "Dizzy when I stand up", "Ear pain"];

    bool SeesAdults(CastPatient patient) => plan.ProviderOf(patient.PrimaryProviderId).Specialty is "Internal medicine" or "Family medicine";

    int WhoWorksToday(int number)
    {
        int[] sickVisits = [ClinicPlan.Reyes, ClinicPlan.Lee, ClinicPlan.Fuentes];
        var working = sickVisits.Where(p => plan.Providers[p].Templates.Any(t => t.Weekdays.Contains(today.DayOfWeek))).ToArray();
        return working[number % working.Length];
    }

    CastAppointment? Place(CastPatient patient, Wish wish, int k)
    {
        var provider = wish.Provider is { } named ? plan.Providers[named] : plan.ProviderOf(patient.PrimaryProviderId);
        var type = plan.VisitTypes[wish.Type];
        var seed = Seed.Of("visit", patient.Number, k);
        // Maria's next visit is promised within four days: a weekend moves it nearer, any other visit away from today.
        var step = wish.Day is 0 ? 0 : wish.Day < 0 || wish.Time is not null ? -1 : 1;
        for (var tries = 0; tries < 14; tries++)
        {
            var date = today.AddDays(wish.Day + step * tries);
            foreach (var template in provider.Templates)
            {
                if (!template.Weekdays.Contains(date.DayOfWeek)) continue;
                if (FreeTime(provider.Id, template, date, type.Minutes, wish.Time, ref seed) is { } time)
                    return Make(patient, wish, k, provider, template, type, date, time, ref seed);
            }
            if (step is 0) break;
        }
        return null;
    }

    TimeOnly? FreeTime(Guid provider, CastTemplate template, DateOnly date, int minutes, TimeOnly? wished, ref Seed seed)
    {
        if (!taken.TryGetValue((provider, date), out var busy)) taken[(provider, date)] = busy = [];
        var starts = new List<TimeOnly>();
        var grid = Math.Min(30, minutes);
        for (var from = template.From; from < template.To && from.AddMinutes(minutes) <= template.To; from = from.AddMinutes(grid))
        {
            var to = from.AddMinutes(minutes);
            if (template is { LunchFrom: { } lunch, LunchTo: { } back } && from < back && lunch < to) continue;
            if (busy.Any(b => from < b.To && b.From < to)) continue;
            starts.Add(from);
        }
        if (starts.Count is 0) return null;
        var time = wished is { } w && starts.Contains(w) ? w : starts[seed.Below(starts.Count)];
        busy.Add((time, time.AddMinutes(minutes)));
        return time;
    }

    CastAppointment Make(CastPatient patient, Wish wish, int k, CastProvider provider, CastTemplate template, CastVisitType type, DateOnly date, TimeOnly time, ref Seed seed)
    {
        var zone = plan.LocationOf(template.LocationId).TimeZone;
        var booked = (date < today ? date : today).AddDays(-(4 + seed.Below(20)));
        return new CastAppointment(StableId.Of("appointment", patient.Number, k), patient.Id, provider.Id, template.LocationId, type.Id, zone,
            date, time, type.Minutes, at(date, time, zone), at(booked, new TimeOnly(8 + seed.Below(12), seed.Below(60)), zone),
            wish.State, wish.Reason, wish.CancelReason);
    }

    /// <summary>
    /// Six visits a patient of a large clinic, one of them ahead, placed by arithmetic: parts made at different times can't overlap.
    /// A provider's patients have ranks 0, 1, 2...; the rank alone says which day and hour is theirs.
    /// </summary>
    public List<CastAppointment> Spread(CastPatient patient)
    {
        var provider = plan.ProviderOf(patient.PrimaryProviderId);
        var rank = patient.Number / plan.Providers.Count;
        var made = new List<CastAppointment>(6);
        for (var k = 0; k < 6; k++)
        {
            var place = k is 0 ? rank : rank * 5 + k - 1;
            var (day, hour) = k is 0 ? (place % 40, place / 40) : (place % 500, place / 500);
            var (date, template) = Workday(provider, k is 0 ? day + 1 : -day - 1);
            // The first six providers' hours differ; the half hours after opening are free of lunch in every template.
            var time = template.From.AddMinutes(hour * 30);
            if (hour >= 6) break;
            var seed = Seed.Of("visit", patient.Number, k);
            made.Add(Make(patient, new Wish(0, ClinicPlan.FollowUp, "Follow-up", k is 0 ? CastVisitState.Booked : CastVisitState.Fulfilled), k,
                provider, template, plan.VisitTypes[ClinicPlan.FollowUp], date, time, ref seed));
        }
        return made;
    }

    readonly Dictionary<(Guid, int), (DateOnly, CastTemplate)> workdays = [];

    /// <summary>The provider's nth working day after today (n from 1), or before it (n from -1).</summary>
    (DateOnly Date, CastTemplate Template) Workday(CastProvider provider, int n)
    {
        if (workdays.TryGetValue((provider.Id, n), out var known)) return known;
        var (date, step, left) = (today, Math.Sign(n), Math.Abs(n));
        CastTemplate? template = null;
        while (left > 0)
        {
            date = date.AddDays(step);
            template = provider.Templates.FirstOrDefault(t => t.Weekdays.Contains(date.DayOfWeek));
            if (template is not null) left--;
        }
        return workdays[(provider.Id, n)] = (date, template!);
    }
}
