namespace PatientPortal.Identity.Domain;

/// <summary>The numbers of signing in, each with its source. "63B" is NIST SP 800-63B-4, "ASVS" is OWASP ASVS 5.0.0.</summary>
static class IdentityLimits
{
    /// <summary>63B 3.1.1.2: a password that is the only factor.</summary>
    public const int PasswordAlone = 15;

    /// <summary>63B 3.1.1.2: a password beside a second factor.</summary>
    public const int PasswordWithSecondFactor = 8;

    /// <summary>63B asks for at least 64; 256 code points bound the work of one hash.</summary>
    public const int PasswordLongest = 256;

    /// <summary>zxcvbn 3 of 4: holds against guessing offline at 10^8 tries.</summary>
    public const int PasswordScore = 3;

    /// <summary>OWASP's count for PBKDF2-HMAC-SHA512 (2023). The default of ASP.NET Core's hasher is 100,000.</summary>
    public const int PasswordIterations = 210_000;

    /// <summary>63B 2.2.3 allows an hour of silence; half of it, because phones are shared in a family.</summary>
    public static readonly TimeSpan PatientIdle = TimeSpan.FromMinutes(30);

    /// <summary>Workstations in a clinic are left open: 15 minutes, as for AAL3.</summary>
    public static readonly TimeSpan StaffIdle = TimeSpan.FromMinutes(15);

    /// <summary>63B 2.3.3 (AAL3) for everybody: after 12 hours one signs in again, whatever happened between.</summary>
    public static readonly TimeSpan Session = TimeSpan.FromHours(12);

    /// <summary>How exact "last seen" is. A write on every request would cost a transaction each.</summary>
    public static readonly TimeSpan SeenEvery = TimeSpan.FromMinutes(1);

    public static readonly TimeSpan ActivationCode = TimeSpan.FromDays(7);

    /// <summary>Wrong birth dates for one activation code: then it is dead and staff issue another.</summary>
    public const int ActivationTries = 5;

    /// <summary>Three groups of four: 59 bits, readable over a telephone.</summary>
    public const int ActivationLength = 12;

    /// <summary>ASVS 6.4.1 asks for short-lived; half an hour is enough for a slow mailbox.</summary>
    public static readonly TimeSpan PasswordReset = TimeSpan.FromMinutes(30);

    /// <summary>At most one reset e-mail in this time for one account: a mailbox is not a target.</summary>
    public static readonly TimeSpan PasswordResetEvery = TimeSpan.FromMinutes(2);

    /// <summary>63B 4.2: a recovery code by e-mail is good for 24 hours; a sign-up's link proves the same, control of the address.</summary>
    public static readonly TimeSpan SignUpLink = TimeSpan.FromHours(24);

    /// <summary>Wrong birth dates for one link of a sign-up.</summary>
    public const int SignUpTries = 5;

    /// <summary>Sign-ups with one e-mail address in a day that are looked at; the others are kept and do nothing.</summary>
    public const int SignUpsADay = 5;

    /// <summary>To scan a QR code and type the first code.</summary>
    public static readonly TimeSpan SecondFactorSetUp = TimeSpan.FromMinutes(15);

    public const int RecoveryCodes = 10;

    /// <summary>Four groups of four: 78 bits of the readable alphabet.</summary>
    public const int RecoveryLength = 16;

    /// <summary>Two are needed to lose one without harm; ten are more than anybody's devices.</summary>
    public const int Passkeys = 10;

    /// <summary>WebAuthn's recommended timeouts end at ten minutes; the page with the question may have been open a while before.</summary>
    public static readonly TimeSpan PasskeyChallenge = TimeSpan.FromMinutes(15);

    /// <summary>An answer with the longest credential id and attestation is below 8 KB.</summary>
    public const int PasskeyAnswerLongest = 16_000;

    /// <summary>How long a patient's browser may skip the code (63B 2.1.3 has 30 days between proofs at AAL1).</summary>
    public static readonly TimeSpan DeviceRemembered = TimeSpan.FromDays(30);

    /// <summary>A browser that nobody signed in with for this long is known no longer.</summary>
    public static readonly TimeSpan DeviceKept = TimeSpan.FromDays(180);

    /// <summary>Between the password and the second factor on the sign-in page.</summary>
    public static readonly TimeSpan SecondStep = TimeSpan.FromMinutes(5);

    /// <summary>Until a question about an access is answered. The law names no time for complaints (45 CFR 164.530(d)); an accounting of disclosures has 60 days, and nobody waits that long calmly.</summary>
    public static readonly TimeSpan PrivacyAnswer = TimeSpan.FromDays(14);

    /// <summary>Open questions of one patient at a time: more are one matter, and better said in one.</summary>
    public const int OpenPrivacyCases = 10;
}
