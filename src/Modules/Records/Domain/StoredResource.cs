namespace PatientPortal.Records.Domain;

/// <summary>A FHIR resource, byte for byte as it arrived, with the few columns that queries need.</summary>
sealed class StoredResource
{
    public required Guid Id { get; init; }

    /// <summary>The chart; null for what belongs to nobody: practitioners, organizations, places.</summary>
    public Guid? PatientId { get; set; }

    public required string Source { get; init; }
    public required string Type { get; init; }

    /// <summary>Unique together with source and type.</summary>
    public required string SourceId { get; init; }

    /// <summary>From 1; the earlier ones are <see cref="FormerVersion"/>s.</summary>
    public required int Version { get; set; }

    /// <summary>meta.lastUpdated as the source said it; null when it never did.</summary>
    public DateTimeOffset? LastUpdated { get; set; }

    public required DateTimeOffset ArrivedAt { get; set; }
    public string? Code { get; set; }
    public string? Category { get; set; }
    public string? Status { get; set; }
    public DateTimeOffset? Effective { get; set; }

    /// <summary>The encounter's id within the source.</summary>
    public string? EncounterId { get; set; }

    /// <summary>SHA-256 of the bytes, sealed: a digest of a short resource could be guessed back.</summary>
    public required byte[] Digest { get; set; }

    public required byte[] Json { get; set; }
}

/// <summary>What a resource said before it was updated.</summary>
sealed class FormerVersion
{
    public required Guid Id { get; init; }
    public required Guid ResourceId { get; init; }
    public required int Version { get; init; }
    public DateTimeOffset? LastUpdated { get; init; }
    public required DateTimeOffset ArrivedAt { get; init; }
    public required DateTimeOffset ReplacedAt { get; init; }
    public required byte[] Json { get; init; }
}

/// <summary>Which chart a source's patient id means, learned from what arrived: a resource that names another one is not taken.</summary>
sealed class KnownSubject
{
    public required string Source { get; init; }
    public required string SourceId { get; init; }
    public required Guid PatientId { get; init; }
}

/// <summary>A resource that refers to somebody by an id, whose name has not arrived yet.</summary>
sealed class AwaitedName
{
    public required string Source { get; init; }

    /// <summary>Of the one who is awaited.</summary>
    public required string SourceId { get; init; }

    /// <summary>Who waits: a stored resource.</summary>
    public required Guid ResourceId { get; init; }
}

/// <summary>A patient, as far as this module needs to know.</summary>
sealed class KnownPatient
{
    public required Guid Id { get; init; }
    public required string Name { get; set; }
    public required DateOnly BirthDate { get; set; }
    public string? Sex { get; set; }
    public required string TimeZone { get; set; }
    public required string Language { get; set; }
}
