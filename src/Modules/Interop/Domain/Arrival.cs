namespace PatientPortal.Interop.Domain;

/// <summary>How far an arrival is.</summary>
internal enum ArrivalState
{
    /// <summary>Its bytes are being stored; nothing was announced yet.</summary>
    Receiving,

    /// <summary>Stored whole; the modules take what they own.</summary>
    Working,

    /// <summary>Every resource has its outcome.</summary>
    Done,

    /// <summary>Nothing of it was taken; <see cref="Arrival.Problem"/> says why.</summary>
    Failed,
}

/// <summary>Something that another system or a person sent: what came, from where, by whom, and what became of it.</summary>
internal sealed class Arrival
{
    public Guid Id { get; init; }

    /// <summary>The sending system's name: ids are unique within it.</summary>
    public required string Source { get; init; }

    public DateTimeOffset ReceivedAt { get; init; }
    public Guid ByAccount { get; init; }
    public required string ByName { get; init; }

    /// <summary>As the sender called it; people name files after patients, so it is sealed.</summary>
    public string? FileName { get; init; }

    public int Bytes { get; init; }
    public required byte[] Sha256 { get; init; }
    public ArrivalState State { get; set; }
    public DateTimeOffset MovedAt { get; set; }
    public DateTimeOffset? EndedAt { get; set; }
    public string? ProblemCode { get; set; }
    public string? Problem { get; set; }

    /// <summary>Entries that came. Created, updated, unchanged and quarantined add up to it when the arrival is done.</summary>
    public int Resources { get; init; }

    public int Created { get; set; }
    public int Updated { get; set; }
    public int Unchanged { get; set; }
    public int Quarantined { get; set; }
}

/// <summary>A piece of what arrived, sealed; all pieces in order are the bytes as they came.</summary>
internal sealed class ArrivalPart
{
    public Guid ArrivalId { get; init; }
    public int Number { get; init; }
    public required byte[] Content { get; init; }
}

/// <summary>What became of one resource.</summary>
internal enum ItemOutcome
{
    /// <summary>Its patient has no chart yet.</summary>
    Held,

    /// <summary>Ready to be announced.</summary>
    Waiting,

    /// <summary>Its owner was told and has not answered yet.</summary>
    Announced,

    Created,
    Updated,
    Unchanged,
    Quarantined,
}

/// <summary>One entry of an arrival: which resource, where it stands in the bytes, who takes it, and what became of it.</summary>
internal sealed class ArrivedItem
{
    public Guid ArrivalId { get; init; }

    /// <summary>From 0, in the order of arrival.</summary>
    public int Position { get; init; }

    public required string Type { get; init; }
    public string? ResourceId { get; init; }

    /// <summary>"Observation/123", or the entry's place when it has no name of its own.</summary>
    public required string Reference { get; init; }

    public required string Owner { get; init; }

    /// <summary>"Patient/{id}" within the source, or null when it belongs to nobody. A Patient's own reference stands here too.</summary>
    public string? PatientReference { get; init; }

    public string? PatientElement { get; init; }
    public int Start { get; init; }
    public int Length { get; init; }
    public ItemOutcome Outcome { get; set; }

    /// <summary>The announcement it went with.</summary>
    public Guid? BatchId { get; set; }

    public string? Element { get; set; }
    public string? Reason { get; set; }

    /// <summary>Records what its owner answered. Nothing is lost silently, not even when the answer is missing or makes no sense.</summary>
    public void Take(string? outcome, string? element, string? reason)
    {
        Outcome = outcome switch
        {
            "created" => ItemOutcome.Created,
            "updated" => ItemOutcome.Updated,
            "unchanged" => ItemOutcome.Unchanged,
            _ => ItemOutcome.Quarantined,
        };
        if (Outcome is ItemOutcome.Quarantined) (Element, Reason) = (element ?? Type, reason ?? $"{Owner} gave no answer for it.");
    }
}

/// <summary>Which chart a Patient of a source is.</summary>
internal sealed class KnownPatient
{
    public required string Source { get; init; }

    /// <summary>"Patient/{id}" within the source.</summary>
    public required string Reference { get; init; }

    public Guid PatientId { get; set; }
}

/// <summary>A Medication that a prescription named once: when it comes again by itself, it has the same owner.</summary>
internal sealed class PrescribedMedication
{
    public required string Source { get; init; }
    public required string ResourceId { get; init; }
}
