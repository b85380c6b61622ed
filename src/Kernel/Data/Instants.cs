namespace PatientPortal.Kernel.Data;

/// <summary>
/// Instants in the database: microseconds since 1970 in UTC, a 64-bit integer. SQLite can't order a DateTimeOffset; an integer sorts
/// the same on both engines.
/// </summary>
public static class Instants
{
    public static long Write(DateTimeOffset at) => (at.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) / TimeSpan.TicksPerMicrosecond;

    public static DateTimeOffset Read(long microseconds) =>
        new(DateTimeOffset.UnixEpoch.UtcTicks + microseconds * TimeSpan.TicksPerMicrosecond, TimeSpan.Zero);
}
