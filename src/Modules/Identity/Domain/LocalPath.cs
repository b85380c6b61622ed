namespace PatientPortal.Identity.Domain;

/// <summary>Where to go after signing in: a path of this portal and nothing else (ASVS 3.7.2).</summary>
static class LocalPath
{
    /// <summary>The path when it is ours, else "/". Browsers read "//" and "/\" as another site, and drop control characters.</summary>
    public static string Of(string? path) =>
        path is ['/', ..] and not ['/', '/' or '\\', ..] && path.Length <= 2000 && !path.Any(c => char.IsControl(c) || c is '\\') && !path.StartsWith("/sign-", StringComparison.Ordinal)
            ? path : "/";
}
