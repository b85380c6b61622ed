namespace PatientPortal.Interop.Domain.Bundles;

/// <summary>
/// What the bytes hold: either every entry, each accounted for, or the one reason why they are no bundle at all.
/// </summary>
/// <param name="Entries">All entries in the order of arrival; empty when there is a problem.</param>
/// <param name="Problem">Why nothing of it can be taken, or null.</param>
internal sealed record BundleReading(IReadOnlyList<Entry> Entries, BundleProblem? Problem);

/// <summary>Why what arrived is no bundle.</summary>
/// <param name="Code">Stable: "not_json", "truncated", "not_utf8", "not_a_bundle", "too_many_entries".</param>
/// <param name="Detail">In plain words, with the place, without quoting what stands there.</param>
/// <param name="Offset">The byte at which reading stopped, when there is one.</param>
internal sealed record BundleProblem(string Code, string Detail, long? Offset);
