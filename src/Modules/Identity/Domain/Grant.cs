using PatientPortal.Kernel.Data;

namespace PatientPortal.Identity.Domain;

/// <summary>On what a grant rests. It decides who may end it, whether the patient's age narrows it, and whether it outlasts a conflict or a death.</summary>
enum LegalBasis { PatientsWish, ParentalResponsibility, Guardianship, PowerOfAttorney, PersonalRepresentative, CourtOrder }

/// <summary>An account may act for a patient, within scopes and dates. Read at each request, so an end holds from the next one on.</summary>
sealed class Grant : IVersioned
{
    public required Guid Id { get; init; }
    public required Guid PatientId { get; init; }
    public required Guid AccountId { get; init; }

    /// <summary>As the patient says it: "parent", "spouse".</summary>
    public required string Relation { get; init; }

    /// <summary>What was granted, with commas between: "appointments,records". What is open today says <see cref="ProxyPolicy"/>.</summary>
    public required string Scopes { get; set; }
    public LegalBasis Basis { get; init; } = LegalBasis.PatientsWish;

    /// <summary>The paper it rests on, when staff filed one.</summary>
    public Guid? DocumentId { get; init; }

    /// <summary>The account of the patient or staff member who granted it; null for those that came with a setup.</summary>
    public Guid? GrantedBy { get; init; }
    public required DateTimeOffset StartsAt { get; init; }
    public DateTimeOffset? EndsAt { get; set; }
    public DateTimeOffset? RevokedAt { get; private set; }
    public Guid? RevokedBy { get; private set; }

    /// <summary>"patient", "proxy", "staff", "court_order", "of_age", "end_date".</summary>
    public string? RevokedBecause { get; private set; }

    /// <summary>Since when it opens nothing, because two charts were joined and it was for one of them: until staff confirm or end it.</summary>
    public DateTimeOffset? RestsSince { get; set; }

    /// <summary>What the other modules were last told that it opens; null until they were told anything.</summary>
    public string? Told { get; set; }
    public int Version { get; set; }

    public bool IsLive(DateTimeOffset now) => RevokedAt is null && StartsAt <= now && (EndsAt is null || EndsAt > now);

    public void Revoke(Guid? by, string because, DateTimeOffset now) => (RevokedAt, RevokedBy, RevokedBecause) = (now, by, because);

    public static IReadOnlyList<string> Read(string scopes) => scopes.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}

/// <summary>Somebody was told that what they may see is about to change: once for each age and lead time.</summary>
sealed class GrantNotice
{
    public required Guid Id { get; init; }
    public required Guid GrantId { get; init; }

    /// <summary>"18-90": ninety days before the 18th birthday.</summary>
    public required string What { get; init; }
    public required DateTimeOffset At { get; init; }
}

/// <summary>The paper that a grant, or its end, rests on. Kept as it was handed in.</summary>
sealed class GrantDocument
{
    public required Guid Id { get; init; }
    public required Guid PatientId { get; init; }
    public required LegalBasis Basis { get; init; }
    public required string FileName { get; init; }
    public required string ContentType { get; init; }
    public required byte[] Content { get; init; }
    public required Guid FiledBy { get; init; }
    public required DateTimeOffset FiledAt { get; init; }

    /// <summary>What the first bytes say it is; null for anything but a PDF, PNG or JPEG. The name and what the browser claims don't count.</summary>
    public static string? TypeOf(ReadOnlySpan<byte> content) =>
        content.StartsWith("%PDF-"u8) ? "application/pdf"
        : content.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]) ? "image/png"
        : content.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]) ? "image/jpeg"
        : null;
}
