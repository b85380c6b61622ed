using PatientPortal.Identity.Domain;

namespace PatientPortal.Identity.Data;

/// <summary>A chart that may be the person's, how much speaks for it (see <see cref="ChartMatch"/>), and what.</summary>
sealed record ChartCandidate(Guid PatientId, int Score, IReadOnlyList<string> Reasons);

/// <summary>Finds the charts that may belong to a person of whom some facts are known.</summary>
sealed class ChartSearch(IdentityDb db)
{
    /// <summary>Sealed columns are opened for so many charts at most.</summary>
    const int MostOpened = 60;

    sealed record Plain(Guid Id, string GivenName, string FamilyName, DateOnly BirthDate, string? Sex);

    /// <summary>
    /// The charts with at least <see cref="ChartMatch.Likely"/> points, best first. Read through the index of birth dates and the one of numbers;
    /// telephone and mail, which the database can't compare, are opened only where they can make the difference.
    /// </summary>
    /// <param name="except">A chart that is not a candidate: the one that the facts are of.</param>
    public async Task<IReadOnlyList<ChartCandidate>> Candidates(PersonFacts facts, int max, CancellationToken ct, Guid? except = null)
    {
        var near = ChartMatch.BirthDatesNear(facts.BirthDate);
        var prints = facts.Prints ?? [];
        var numbered = prints.Count == 0 ? [] : await db.PatientIdentifiers.Where(i => prints.Contains(i.Fingerprint)).Select(i => i.PatientId).Distinct().ToListAsync(ct);
        var plain = await db.Patients.AsNoTracking()
            .Where(p => p.Id != except && p.MergedIntoId == null && (near.Contains(p.BirthDate) || numbered.Contains(p.Id)))
            .Select(p => new Plain(p.Id, p.GivenName, p.FamilyName, p.BirthDate, p.Sex)).ToListAsync(ct);

        var hopeful = plain
            .Select(p => (p.Id, Score: ChartMatch.Of(facts, new(p.GivenName, p.FamilyName, p.BirthDate, p.Sex)).Score, Numbered: numbered.Contains(p.Id)))
            .Where(p => p.Numbered || p.Score + ChartMatch.FromSealed >= ChartMatch.Likely)
            .OrderByDescending(p => p.Numbered).ThenByDescending(p => p.Score).ThenBy(p => p.Id).Take(MostOpened).Select(p => p.Id).ToList();
        if (hopeful.Count == 0) return [];

        var charts = await db.Patients.AsNoTracking().Where(p => hopeful.Contains(p.Id)).ToListAsync(ct);
        var numbers = (await db.PatientIdentifiers.Where(i => hopeful.Contains(i.PatientId)).Select(i => new { i.PatientId, i.Fingerprint }).ToListAsync(ct))
            .ToLookup(i => i.PatientId, i => i.Fingerprint);
        return [.. charts
            .Select(c => (c.Id, Match: ChartMatch.Of(facts, PersonFacts.Of(c, [.. numbers[c.Id]]))))
            .Where(c => c.Match.Score >= ChartMatch.Likely)
            .OrderByDescending(c => c.Match.Score).ThenBy(c => c.Id).Take(max)
            .Select(c => new ChartCandidate(c.Id, c.Match.Score, c.Match.Reasons))];
    }
}
