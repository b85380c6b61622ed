namespace PatientPortal.Messaging.Domain;

/// <summary>A person does not want this group of notices over this channel. No row: they do.</summary>
sealed class NoticePreference
{
    public Guid AccountId { get; init; }
    public NoticeGroup Group { get; init; }
    public required string Channel { get; init; }
}
