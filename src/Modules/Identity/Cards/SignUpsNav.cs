using PatientPortal.Identity.ForStaff.ListSignUps;

namespace PatientPortal.Identity.Cards;

/// <summary>People who asked for an account, with how many wait.</summary>
sealed class SignUpsNav(IHandle<CountSignUpsRequest, int> count) : IStaffNav
{
    public string Label => "Sign-ups";
    public string Path => "/staff/sign-ups";
    public int Order => 74;
    public string Needs => "sign-ups";

    public async Task<int?> Count(CancellationToken ct) => (await count.Handle(new(), ct)).Refused(out _, out var waiting) ? null : waiting;
}
