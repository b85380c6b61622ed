namespace PatientPortal.Identity.Cards;

/// <summary>Activation codes, in the staff's navigation. Nothing there waits for staff: no count.</summary>
sealed class ActivationsNav : IStaffNav
{
    public string Label => "Activation codes";
    public string Path => "/staff/activation-codes";
    public int Order => 72;
    public string Needs => "patients";

    public Task<int?> Count(CancellationToken ct) => Task.FromResult<int?>(null);
}
