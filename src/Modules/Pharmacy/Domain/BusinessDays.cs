namespace PatientPortal.Pharmacy.Domain;

/// <summary>Days on which the clinic works: Monday to Friday.</summary>
static class BusinessDays
{
    public static DateOnly After(DateOnly day, int days)
    {
        while (days > 0)
        {
            day = day.AddDays(1);
            if (day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday)) days--;
        }
        return day;
    }
}
