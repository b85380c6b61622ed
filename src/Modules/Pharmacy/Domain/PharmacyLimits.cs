namespace PatientPortal.Pharmacy.Domain;

/// <summary>The numbers of this module, with their reasons.</summary>
static class PharmacyLimits
{
    /// <summary>Days before a supply ends from which the next one may be asked for; insurers commonly refuse to pay for an earlier one.</summary>
    public const int EarlyDays = 14;

    /// <summary>Days after a prescription ended within which it can be renewed without a visit, as the VA does.</summary>
    public const int RenewalDays = 120;

    /// <summary>21 CFR 1306.22: schedule III and IV, at most five refills ...</summary>
    public const int ControlledRefills = 5;

    /// <summary>... within six months of the day it was written.</summary>
    public const int ControlledMonths = 6;

    /// <summary>Business days within which the clinic decides; what patients are promised.</summary>
    public const int DecideWithin = 2;

    /// <summary>Business days after approval until a pharmacy usually has it ready.</summary>
    public const int ReadyWithin = 1;

    /// <summary>Days for which a refill that is ready stays on the home page.</summary>
    public const int ReadyShown = 7;

    /// <summary>Days before a supply ends from which the home page says so; two days more than the clinic takes to decide over a weekend.</summary>
    public const int RunsOutSoonDays = 7;

    /// <summary>Longest note or reason, in characters.</summary>
    public const int NoteLength = 500;
}
