namespace PatientPortal.Identity.Domain;

/// <param name="IsRequired">True for staff, who can move it to another device but not do without.</param>
sealed record SecondFactorState(bool IsOn, bool IsRequired, int RecoveryCodesLeft);

/// <summary>Each works once in the place of the app's code. Told once; the portal keeps hashes.</summary>
sealed record RecoveryCodes(IReadOnlyList<string> Codes);
