namespace PatientPortal.Messaging.Domain;

/// <summary>A pool of staff that patients write to. Patients write to a team, never to a person: people are away.</summary>
sealed class Team
{
    public Guid Id { get; init; }
    public required string Name { get; set; }

    public string? SpanishName { get; set; }

    /// <summary>What patients can call when it can't wait.</summary>
    public string? Phone { get; set; }

    /// <summary>IANA zone of the site where the team works.</summary>
    public required string TimeZone { get; set; }

    /// <summary>An answer is promised by closing time of this many business days after the message.</summary>
    public int PromiseDays { get; set; }

    /// <summary>A team that is no longer active is offered to nobody; its conversations stay readable.</summary>
    public bool Active { get; set; } = true;

    /// <summary>Place in the list that patients see.</summary>
    public int Rank { get; set; }

    public List<TeamHours> Hours { get; init; } = [];
    public List<TeamClosure> Closures { get; init; } = [];
    public List<TeamTopic> Topics { get; init; } = [];

    public BusinessHours BusinessHours => new(TimeZone,
        Hours.ToDictionary(h => h.Day, h => new WorkingDay(h.Opens, h.Closes)), Closures.Select(c => c.Day).ToHashSet());

    public string NameIn(string language) => language is "es" ? SpanishName ?? Name : Name;

    public DateTimeOffset PromiseFor(DateTimeOffset received) => BusinessHours.PromiseFor(received, PromiseDays);
}

/// <summary>A team's hours on one weekday; no row, no work.</summary>
sealed class TeamHours
{
    public Guid TeamId { get; init; }
    public DayOfWeek Day { get; init; }
    public TimeOnly Opens { get; set; }
    public TimeOnly Closes { get; set; }
}

/// <summary>A day on which a team is closed, beside weekends and holidays.</summary>
sealed class TeamClosure
{
    public Guid TeamId { get; init; }
    public DateOnly Day { get; init; }
}

/// <summary>A topic that this team answers: it is suggested when a patient picks the topic.</summary>
sealed class TeamTopic
{
    public Guid TeamId { get; init; }
    public Topic Topic { get; init; }
}
