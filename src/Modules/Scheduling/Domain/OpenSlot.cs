namespace PatientPortal.Scheduling.Domain;

/// <summary>An open time as people choose it.</summary>
/// <param name="Id">Names the time when booking it.</param>
/// <param name="Start">With the offset of the place's zone.</param>
internal sealed record OpenSlot(string Id, DateTimeOffset Start, DateTimeOffset End, SlotProvider Provider, SlotPlace Location, SlotKind VisitType)
{
    public static OpenSlot Of(Slot slot, string language) => new(
        slot.Id, slot.Start, slot.End, new(slot.Provider.Id, slot.Provider.Name),
        new(slot.Location.Id, slot.Location.Name, slot.Location.Zone), new(slot.VisitType.Id, slot.VisitType.NameIn(language)));
}

internal sealed record SlotProvider(Guid Id, string Name);

internal sealed record SlotPlace(Guid Id, string Name, string Zone);

internal sealed record SlotKind(Guid Id, string Name);
