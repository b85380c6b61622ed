namespace PatientPortal.Messaging.Domain;

/// <summary>The module's numbers, each with its reason.</summary>
static class MessagingLimits
{
    /// <summary>One line on a phone's list; longer subjects turn into the message itself.</summary>
    public const int Subject = 120;

    /// <summary>About two pages: what a nurse can read and answer in one go.</summary>
    public const int Body = 10_000;

    /// <summary>How much of the last message a list shows.</summary>
    public const int Preview = 120;

    /// <summary>A patient may go on in a closed conversation for this long; later it is a new question.</summary>
    public static readonly TimeSpan Reopen = TimeSpan.FromDays(7);

    /// <summary>A sender that has not reported back after this long has crashed; SMTP's own limit for the final answer is ten minutes (RFC 5321, 4.5.3.2.6).</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(12);

    /// <summary>How long one mail may take; far below the lease, so that no second sender starts while the first still talks.</summary>
    public static readonly TimeSpan OneSend = TimeSpan.FromSeconds(30);

    /// <summary>Deliveries claimed at once: few enough that a whole batch of slow sends fits into the lease.</summary>
    public const int Batch = 20;

    /// <summary>Waits after the first, second... try: about a day in all, the time a mail server's outage usually takes to be noticed and mended.</summary>
    public static readonly TimeSpan[] Waits =
    [
        TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(20), TimeSpan.FromHours(1),
        TimeSpan.FromHours(3), TimeSpan.FromHours(8), TimeSpan.FromHours(12),
    ];
}
