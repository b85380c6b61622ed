namespace PatientPortal.Identity.Domain;

/// <summary>Why a sign-up waits, in the words of the staff's pages.</summary>
static class SignUpWords
{
    public static string Says(this SignUpDoubt doubt) => doubt switch
    {
        SignUpDoubt.NoMatch => "No chart fits",
        SignUpDoubt.SeveralMatches => "Several charts may fit",
        SignUpDoubt.OtherContact => "A chart fits, but what was given is not what stands in it",
        SignUpDoubt.NoContact => "A chart fits, but has no e-mail address",
        SignUpDoubt.Minor => "A chart fits, of somebody under age",
        SignUpDoubt.Deceased => "A chart fits, of somebody who has died",
        _ => "A chart fits, and its account is disabled",
    };
}
