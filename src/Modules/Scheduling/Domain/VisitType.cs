namespace PatientPortal.Scheduling.Domain;

/// <summary>A kind of visit that patients book themselves, with the clinic's rules for it.</summary>
internal sealed class VisitType
{
    public Guid Id { get; init; }

    /// <summary>A small number, never used again, that slot ids carry in place of the id.</summary>
    public int Number { get; init; }

    public required string Name { get; set; }

    public required string SpanishName { get; set; }

    /// <summary>What it is for, so that a patient knows which to choose.</summary>
    public string Description { get; set; } = "";

    /// <summary>False for what only staff book.</summary>
    public bool ByPatients { get; set; } = true;

    /// <summary>How long it takes. An appointment keeps the length it was booked with.</summary>
    public int Minutes { get; set; }

    /// <summary>How long before its start it can last be booked.</summary>
    public int LeadMinutes { get; set; }

    /// <summary>How many days ahead it can be booked.</summary>
    public int HorizonDays { get; set; }

    /// <summary>How long before its start the patient can last change or cancel it themselves.</summary>
    public int CutOffMinutes { get; set; }

    /// <summary>What to bring or do before, shown when booking and with the visit; empty when there is nothing.</summary>
    public string Instructions { get; set; } = "";

    /// <summary>Where it stands in the list of visit types.</summary>
    public int Position { get; set; }

    public bool Active { get; set; } = true;

    public string NameIn(string language) => language is "es" ? SpanishName : Name;

    public TimeSpan Length => TimeSpan.FromMinutes(Minutes);

    /// <summary>The first instant that can still be booked.</summary>
    public DateTimeOffset Earliest(DateTimeOffset now) => now.AddMinutes(LeadMinutes);

    /// <summary>The last instant that can be booked already.</summary>
    public DateTimeOffset Latest(DateTimeOffset now) => now.AddDays(HorizonDays);

    /// <summary>Until when the patient can change or cancel a visit that starts then.</summary>
    public DateTimeOffset ChangeableUntil(DateTimeOffset start) => start.AddMinutes(-CutOffMinutes);
}

/// <summary>A provider does this kind of visit.</summary>
internal sealed class Offering
{
    public Guid ProviderId { get; init; }
    public Guid VisitTypeId { get; init; }
}
