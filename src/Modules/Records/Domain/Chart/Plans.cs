using System.Text.Json;
using PatientPortal.Records.Domain.Fhir;
using PatientPortal.Records.Domain.Results;

namespace PatientPortal.Records.Domain.Chart;

/// <summary>What patient and clinicians want to reach, and how: Goal and CarePlan.</summary>
static class Plans
{
    public static Goal GoalFrom(Guid id, JsonElement r)
    {
        var targets = r.Each("target").ToList();
        return new(id, Concept.NameOf(r, "description") ?? "Goal without a name", r.Text("lifecycleStatus") ?? "unknown", r.CodeOf("achievementStatus"),
            r.Date("startDate"), targets.Select(t => t.Date("dueDate")).OfType<FhirDate>().OrderByDescending(d => d.Start).Cast<FhirDate?>().FirstOrDefault(),
            ChartItemOf.Some(targets.Select(Target)), ChartItemOf.Display(r, "expressedBy"), r.Notes());
    }

    /// <summary>"Hemoglobin A1c: up to 7%", or as much of it as came.</summary>
    static string? Target(JsonElement target)
    {
        var detail = Quantity.Of(target, "detailQuantity")?.ToString() ?? Range(target.Child("detailRange")) ?? Concept.NameOf(target, "detailCodeableConcept") ?? target.Text("detailString");
        return (Concept.NameOf(target, "measure"), detail) switch
        {
            ({ } measure, { } value) => $"{measure}: {value}",
            (null, { } value) => value,
            _ => null,
        };
    }

    static string? Range(JsonElement? range) => range is not { } r ? null : (Quantity.Of(r, "low"), Quantity.Of(r, "high")) switch
    {
        ({ } low, { } high) => $"{Digits.Of(low.Value)}–{high}",
        ({ } low, null) => $"{low} or more",
        (null, { } high) => $"up to {high}",
        _ => null,
    };

    public static CarePlan PlanFrom(Guid id, JsonElement r)
    {
        var period = FhirPeriod.Of(r, "period");
        return new(id, r.Text("title") ?? r.Each("category").Where(c => !IsGeneral(c)).Select(c => Concept.From(c)?.Name).FirstOrDefault(n => n is not null) ?? "Care plan",
            r.Text("status") ?? "unknown", period?.Start, period?.End, ChartItemOf.Display(r, "author"),
            ChartItemOf.Some(r.Each("addresses").Select(a => a.Text("display"))), Activities(r),
            r.Text("description") ?? (r.Child("text")?.Text("div") is { } written ? SheetOf.Plain(written) : null), r.Notes());
    }

    /// <summary>US Core's category of every plan: it names nothing.</summary>
    static bool IsGeneral(JsonElement category) => category.Each("coding").Any(c => c.Text("code") is "assess-plan");

    static List<PlannedActivity>? Activities(JsonElement r)
    {
        var activities = r.Each("activity").Select(a => a.Child("detail") is { } detail
                ? (Name: Concept.NameOf(detail, "code") ?? detail.Text("description"), Status: detail.Text("status"))
                : (Name: ChartItemOf.Display(a, "reference"), Status: null))
            .Where(a => a.Name is not null && a.Status is not "entered-in-error").Select(a => new PlannedActivity(a.Name!, a.Status)).ToList();
        return activities.Count is 0 ? null : activities;
    }
}
