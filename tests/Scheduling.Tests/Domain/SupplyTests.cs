using PatientPortal.Scheduling.Domain;

namespace PatientPortal.Scheduling.Tests.Domain;

public class SupplyTests
{
    static readonly Location NewYork = A.Place();

    [Fact]
    public void a_morning_is_cut_into_visits_that_end_by_closing_time()
    {
        var supply = A.Supply(NewYork, A.VisitType(45), A.Hours(DayOfWeek.Monday, "09:00", "12:00", NewYork, A.Provider()));
        supply.OpenSlots("2026-11-23T00:00:00-05:00", "2026-11-24T00:00:00-05:00").Clocks()
            .ShouldBe(["09:00 -05:00", "09:45 -05:00", "10:30 -05:00", "11:15 -05:00"]);
    }

    [Fact]
    public void R4_a_clinic_that_opens_at_nine_opens_at_nine_after_both_changes_of_the_clock()
    {
        var supply = A.Supply(NewYork, A.VisitType(60), A.Hours(DayOfWeek.Monday, "09:00", "10:00", NewYork, A.Provider()));
        supply.OpenSlots("2026-03-02T00:00:00-05:00", "2026-03-10T00:00:00-04:00").Clocks().ShouldBe(["09:00 -05:00", "09:00 -04:00"]);
        supply.OpenSlots("2026-10-26T00:00:00-04:00", "2026-11-03T00:00:00-05:00").Clocks().ShouldBe(["09:00 -04:00", "09:00 -05:00"]);
    }

    [Fact]
    public void R4_nothing_is_offered_in_the_hour_that_spring_skips()
    {
        var supply = A.Supply(NewYork, A.VisitType(30), A.Hours(DayOfWeek.Sunday, "01:00", "04:00", NewYork, A.Provider()));
        supply.OpenSlots("2026-03-08T00:00:00-05:00", "2026-03-09T00:00:00-04:00").Clocks()
            .ShouldBe(["01:00 -05:00", "01:30 -05:00", "03:00 -04:00", "03:30 -04:00"]);
    }

    [Fact]
    public void R4_the_hour_that_autumn_repeats_is_offered_once()
    {
        var supply = A.Supply(NewYork, A.VisitType(30), A.Hours(DayOfWeek.Sunday, "00:30", "03:00", NewYork, A.Provider()));
        supply.OpenSlots("2026-11-01T00:00:00-04:00", "2026-11-02T00:00:00-05:00").Clocks()
            .ShouldBe(["00:30 -04:00", "01:00 -04:00", "01:30 -04:00", "02:00 -05:00", "02:30 -05:00"]);
    }

    [Fact]
    public void what_a_live_appointment_overlaps_is_not_open()
    {
        var supply = A.Supply(NewYork, A.VisitType(30), A.Hours(DayOfWeek.Monday, "09:00", "11:00", NewYork, A.Provider()));
        supply.OpenSlots("2026-11-23T00:00:00-05:00", "2026-11-24T00:00:00-05:00",
                new Busy(A.Provider().Id, A.At("2026-11-23T09:15:00-05:00"), A.At("2026-11-23T10:00:00-05:00"))).Clocks()
            .ShouldBe(["10:00 -05:00", "10:30 -05:00"]);
    }

    [Fact]
    public void hours_are_offered_only_while_they_hold()
    {
        var hours = A.Hours(DayOfWeek.Monday, "09:00", "09:30", NewYork, A.Provider());
        hours.ValidTo = new(2026, 11, 23);
        var supply = A.Supply(NewYork, A.VisitType(30), hours);
        supply.OpenSlots("2026-11-16T00:00:00-05:00", "2026-12-14T00:00:00-05:00").Count.ShouldBe(2);
    }

    [Fact]
    public void lead_time_and_horizon_hold_in_search_and_when_taking()
    {
        var type = A.VisitType(30);
        (type.LeadMinutes, type.HorizonDays) = (60, 7);
        var supply = A.Supply(NewYork, type, A.Hours(DayOfWeek.Monday, "09:00", "11:00", NewYork, A.Provider()));
        var now = A.At("2026-11-23T08:30:00-05:00");
        var open = supply.Open(new(type.Id, null, null, now, now.AddDays(30)), [], now);
        open.Clocks().ShouldBe(["09:30 -05:00", "10:00 -05:00", "10:30 -05:00"]);

        string Code(string instant) => supply.Take(SlotId.Write(new(1, 1, 1, A.At(instant))), now, new()).Refusal?.Code ?? "taken";
        Code("2026-11-23T09:00:00-05:00").ShouldBe("too_soon");
        Code("2026-11-23T09:30:00-05:00").ShouldBe("taken");
        Code("2026-12-07T09:00:00-05:00").ShouldBe("too_far_ahead");
        Code("2026-11-23T09:10:00-05:00").ShouldBe("slot_not_offered");
        Code("2026-11-24T09:30:00-05:00").ShouldBe("slot_not_offered");
    }
}
