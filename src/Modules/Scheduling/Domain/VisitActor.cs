using System.Text.Json.Serialization;

namespace PatientPortal.Scheduling.Domain;

/// <summary>Who did something to a visit (R29): always the person at the keyboard, never the one they act for, with the name and the standing they had then.</summary>
/// <param name="AccountId">Not told to readers: people know each other by name.</param>
/// <param name="Relation">"self" for the patient, or what a proxy was to them: "parent".</param>
internal sealed record VisitActor([property: JsonIgnore] Guid AccountId, string Name, string Relation)
{
    /// <summary>Somebody who acted for the patient.</summary>
    [JsonIgnore]
    public bool IsProxy => Relation is not "self";

    public static VisitActor Of(Actor actor, CurrentPatient patient) => new(actor.AccountId, actor.Name, patient.Relation);

    /// <summary>As one column keeps it.</summary>
    public string Write() => $"{AccountId:N}|{Relation}|{Name}";

    public static VisitActor Read(string written) => written.Split('|', 3) is [var id, var relation, var name]
        ? new(Guid.ParseExact(id, "N"), name, relation) : throw new FormatException("Not an id, a relation and a name.");
}
