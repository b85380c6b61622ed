using System.Text.Json;
using PatientPortal.Pharmacy.Domain;
using Shouldly;
using Xunit;

namespace PatientPortal.Pharmacy.Tests.Domain;

public sealed class RefillGatesTests
{
    static readonly DateOnly today = new(2026, 11, 23);

    internal static MedicationCourse Course(
        string name = "Lisinopril 10 MG Oral Tablet", MedicationStatus status = MedicationStatus.Active, bool selfReported = false, bool inpatient = false,
        bool hasPrescription = true, int? writtenDaysAgo = 100, int? repeats = 5, int? daysSupply = 30, params int[] filledDaysAgo) => new(
            Guid.CreateVersion7(), Guid.CreateVersion7(), name, status, selfReported, inpatient, hasPrescription, false, "Take 1 tablet", null, null,
            writtenDaysAgo is { } days ? today.AddDays(-days) : null, null, repeats, daysSupply, [.. filledDaysAgo.Order().Reverse().Select(d => today.AddDays(-d))]);

    static RefillOffer Decide(MedicationCourse course, Guid? open = null) => RefillGates.Decide(course, open, today);

    [Fact] public void refills_left_lead_to_a_refill() => Decide(Course(filledDaysAgo: 25)).ShouldSatisfyAllConditions(o => o.Kind.ShouldBe(OfferKind.Refill), o => o.Code.ShouldBe("refill"));

    [Fact] public void no_refills_left_lead_to_a_renewal() => Decide(Course(repeats: 1, filledDaysAgo: [60, 25])).Code.ShouldBe("renewal");

    [Fact] public void a_prescription_without_repeats_leads_to_a_renewal() => Decide(Course(repeats: null, filledDaysAgo: 25)).Kind.ShouldBe(OfferKind.Renewal);

    [Theory]
    [InlineData(365, "Refill")]
    [InlineData(367, "Renewal")]
    [InlineData(484, "Renewal")]
    [InlineData(487, "Visit")]
    public void after_its_end_a_prescription_is_renewed_for_120_days_and_then_needs_a_visit(int writtenDaysAgo, string expected) =>
        Decide(Course(writtenDaysAgo: writtenDaysAgo, filledDaysAgo: 60)).Kind.ToString().ShouldBe(expected);

    [Theory]
    [InlineData(15, false)]
    [InlineData(16, true)]
    public void more_may_be_asked_for_from_14_days_before_the_supply_ends(int filledDaysAgo, bool may) => Decide(Course(filledDaysAgo: filledDaysAgo)).MayAsk.ShouldBe(may);

    [Fact]
    public void too_early_names_the_first_day()
    {
        var offer = Decide(Course(filledDaysAgo: 1));
        offer.Code.ShouldBe("too_early");
        offer.Date.ShouldBe(today.AddDays(15));
        OfferEntry.Of(offer).NextStep.ShouldBe("You can ask for more from Tuesday, December 8, 2026.");
    }

    [Theory]
    [InlineData("Stopped", "stopped")]
    [InlineData("Cancelled", "stopped")]
    [InlineData("Unknown", "stopped")]
    [InlineData("Completed", "completed")]
    [InlineData("OnHold", "on_hold")]
    public void what_is_not_taken_now_is_not_refilled(string status, string code) => Decide(Course(status: Enum.Parse<MedicationStatus>(status), filledDaysAgo: 25)).ShouldSatisfyAllConditions(o => o.Kind.ShouldBe(OfferKind.Nothing), o => o.Code.ShouldBe(code));

    [Fact] public void what_the_patient_reports_is_not_refilled() => Decide(Course(selfReported: true)).Code.ShouldBe("self_reported");

    [Fact] public void what_a_hospital_gave_is_not_refilled() => Decide(Course(inpatient: true)).Code.ShouldBe("inpatient");

    [Fact] public void what_was_dispensed_without_a_known_prescription_is_not_refilled() => Decide(Course(hasPrescription: false)).Code.ShouldBe("no_prescription");

    [Fact] public void an_undated_prescription_needs_a_visit() => Decide(Course(writtenDaysAgo: null)).Code.ShouldBe("undated");

    [Fact] public void an_open_request_is_shown_instead_of_a_second_one()
    {
        var open = Guid.CreateVersion7();
        Decide(Course(filledDaysAgo: 25), open).ShouldSatisfyAllConditions(o => o.Code.ShouldBe("already_requested"), o => o.OpenRefill.ShouldBe(open));
    }

    [Theory]
    [InlineData("Oxycodone hydrochloride 5 MG Oral Tablet", "II")]
    [InlineData("Methylphenidate 10 MG Oral Tablet", "II")]
    [InlineData("Codeine sulfate 30 MG Oral Tablet", "II")]
    [InlineData("Acetaminophen 300 MG / Codeine 30 MG Oral Tablet", "III")]
    [InlineData("Testosterone 10 MG/ML", "III")]
    [InlineData("Alprazolam 0.5 MG Oral Tablet", "IV")]
    [InlineData("Pregabalin 75 MG Oral Capsule", "V")]
    [InlineData("Lisinopril 10 MG Oral Tablet", "None")]
    public void controlled_substances_are_known_by_ingredient(string name, string schedule) => ControlledSubstances.ScheduleOf(name).ToString().ShouldBe(schedule);

    [Fact] public void schedule_two_is_never_refilled_whatever_the_prescription_says() => Decide(Course("Oxycodone 5 MG Oral Tablet", repeats: 5, filledDaysAgo: 30)).ShouldSatisfyAllConditions(o => o.Kind.ShouldBe(OfferKind.Visit), o => o.Code.ShouldBe("controlled"));

    [Fact] public void schedule_four_has_five_refills_at_most() => Course("Alprazolam 0.5 MG Oral Tablet", writtenDaysAgo: 170, repeats: 11, daysSupply: 25, filledDaysAgo: [170, 145, 120, 95, 70, 45]).RefillsLeft.ShouldBe(0);

    [Fact] public void schedule_four_ends_after_six_months() => Decide(Course("Alprazolam 0.5 MG Oral Tablet", writtenDaysAgo: 190, repeats: 5, filledDaysAgo: 60)).Code.ShouldBe("renewal_ended");

    [Fact]
    public void every_sentence_of_the_gates_has_its_spanish()
    {
        using var spanish = JsonDocument.Parse(typeof(PharmacyModule).Assembly.GetManifestResourceStream("Texts.es.json")!);
        var offers = new[]
        {
            Decide(Course(status: MedicationStatus.Completed)), Decide(Course(status: MedicationStatus.Stopped)), Decide(Course(status: MedicationStatus.OnHold)),
            Decide(Course(selfReported: true)), Decide(Course(hasPrescription: false)), Decide(Course(inpatient: true)), Decide(Course(), Guid.CreateVersion7()),
            Decide(Course("Oxycodone 5 MG")), Decide(Course(writtenDaysAgo: null)), Decide(Course(writtenDaysAgo: 900)), Decide(Course(filledDaysAgo: 1)),
            Decide(Course(filledDaysAgo: 25)), Decide(Course(repeats: 0, filledDaysAgo: 25)), Decide(Course(writtenDaysAgo: 400, filledDaysAgo: 60)),
        };
        offers.Select(o => o.Code).Distinct().Count().ShouldBe(14);
        foreach (var text in offers.SelectMany(o => new[] { o.Why, o.NextStep })) spanish.RootElement.TryGetProperty(text, out _).ShouldBeTrue(text);
    }
}
