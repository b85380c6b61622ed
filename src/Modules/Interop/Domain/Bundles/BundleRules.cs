namespace PatientPortal.Interop.Domain.Bundles;

/// <summary>
/// What can only be said of a bundle as a whole: what stands in it twice, which Patients can't be told apart, whose each
/// resource is, and which module takes it. Where two readings are possible nobody guesses: both go to quarantine.
/// </summary>
internal static class BundleRules
{
    const string NotHere = "It points to a patient who is not in this bundle.";
    const string PatientAside = "Its Patient was quarantined, so it can't be put into a chart.";

    public static void Apply(List<Entry> entries, ReadOnlySpan<byte> content)
    {
        Twice(entries, content);
        SharedIdentifiers(entries);

        var known = new Index(entries);
        foreach (var entry in entries)
            if (!entry.IsQuarantined && !entry.IsPatient && entry.Type is not "Provenance") FindPatient(entry, known);
        // A Provenance is about resources: whose they are has to be known first.
        foreach (var entry in entries)
            if (!entry.IsQuarantined && entry.Type is "Provenance") FindPatient(entry, known);

        var prescribed = entries.SelectMany(e => e.Medications).Select(known.Find).OfType<Entry>().Where(e => e.Type is "Medication").ToHashSet();
        foreach (var entry in entries) entry.Owner = ResourceTypes.OwnerOf(entry.Type, prescribed.Contains(entry));
    }

    static void Twice(List<Entry> entries, ReadOnlySpan<byte> content)
    {
        foreach (var same in entries.Where(e => e.Id is not null && e.Length > 0).GroupBy(e => (e.Type, e.Id)).Where(g => g.Skip(1).Any()))
        {
            var first = same.First();
            var isOneThing = true;
            foreach (var entry in same) isOneThing &= content.Slice(entry.Start, entry.Length).SequenceEqual(content.Slice(first.Start, first.Length));
            foreach (var entry in same)
                if (!isOneThing) entry.Quarantine($"{entry.Type}.id", "The bundle holds this resource more than once, in different words, and can't say which one counts.");
                else if (entry != first) entry.Quarantine($"{entry.Type}.id", "The bundle holds this resource already, word for word. The first one was taken.");
        }
        foreach (var same in entries.Where(e => e.FullUrl is not null).GroupBy(e => e.FullUrl).Where(g => g.DistinctBy(e => (e.Type, e.Id)).Skip(1).Any()))
            foreach (var entry in same)
                entry.Quarantine($"{entry.Place}.fullUrl", "Another entry of the bundle has the same fullUrl, so references to it are not clear.");
    }

    static void SharedIdentifiers(List<Entry> entries)
    {
        var shared = entries.Where(e => e.IsPatient).SelectMany(e => e.Identifiers.Select(i => (Identifier: i, Entry: e)))
            .GroupBy(p => p.Identifier).Where(g => g.DistinctBy(p => p.Entry.Reference).Skip(1).Any());
        foreach (var (_, entry) in shared.SelectMany(g => g))
            entry.Quarantine("Patient.identifier", "Another Patient in this bundle has the same identifier: they may be one person or two.");
    }

    static void FindPatient(Entry entry, Index known)
    {
        if (ResourceTypes.PatientOf(entry.Type) is not { } owner) return;
        var element = owner.Path(entry.Type);
        var (dangling, whose) = (false, new List<(string Reference, Entry? Patient)>());
        foreach (var pointer in entry.Patients)
        {
            if (known.Find(pointer) is { } found)
            {
                if (found.IsPatient) whose.Add((found.Reference, found));
                else if (entry.Type is "Provenance" && found.PatientReference is { } its) whose.Add((its, known.Patient(its)));
                else if (entry.Type is "Provenance" && found is { IsQuarantined: true, PatientElement: not null }) dangling = true;
            }
            else if (IsMaybePatient(pointer, entry.Type))
            {
                var link = Link.Parse(pointer.Reference);
                if (link.Kind is LinkKind.Named or LinkKind.Urn && Link.IsId(link.Id) && !known.IsOtherServer(link) && owner.Inner is null) whose.Add(($"Patient/{link.Id}", null));
                else if (link is { Kind: LinkKind.Named, Type: "Patient" }) whose.Add(($"Patient/{link.Id}", null));
                else dangling = true;
            }
        }

        // In a list (an appointment's participants) others may dangle, as long as one is the patient.
        if (whose.DistinctBy(w => w.Reference).Skip(1).Any()) entry.Quarantine(element, "It names more than one patient.");
        else if (whose is [var (reference, patient), ..])
        {
            entry.PatientReference = reference;
            entry.PatientIsHere = patient is not null;
            if (patient is { IsQuarantined: true }) entry.Quarantine(element, PatientAside);
            else if (patient is null && known.HasPatients) entry.Quarantine(element, NotHere);
        }
        else if (dangling) entry.Quarantine(element, entry.Type is "Provenance" ? "It is about a resource that was quarantined." : NotHere);
        else if (owner.Required && entry.Patients.Count == 0) entry.Quarantine(element, "It names no patient, so it can't be put into a chart.");
    }

    /// <summary>A reference that nothing in the bundle answers, and that may mean a patient: better a person looks.</summary>
    static bool IsMaybePatient(Pointer pointer, string type) => Link.Parse(pointer.Reference) switch
    {
        { Kind: LinkKind.Named, Type: not "Patient" } => false,
        { Kind: LinkKind.Conditional, Type: not "Patient" } => false,
        _ when type is "Provenance" => Link.Parse(pointer.Reference).Type is "Patient",
        { Kind: LinkKind.Unreadable } when pointer.Reference is null && pointer.Identifier is null => pointer.Type is null or "Patient",
        _ => pointer.Type is null or "Patient",
    };

    /// <summary>The entries by everything a reference may call them.</summary>
    sealed class Index
    {
        readonly Dictionary<string, Entry> byUrl = [];
        readonly Dictionary<(string Type, string Id), Entry> byName = [];
        readonly Dictionary<(string Type, Identifier), Entry> byIdentifier = [];
        readonly HashSet<string> servers = [];

        public Index(List<Entry> entries)
        {
            foreach (var entry in entries)
            {
                if (entry.FullUrl is { } url)
                {
                    byUrl.TryAdd(url, entry);
                    if (Link.Parse(url).Server is { } server) servers.Add(server);
                }
                if (entry.Id is { } id) byName.TryAdd((entry.Type, id), entry);
                foreach (var identifier in entry.Identifiers) byIdentifier.TryAdd((entry.Type, identifier), entry);
                HasPatients |= entry.IsPatient;
            }
        }

        /// <summary>Resources about people who are not in it come along with those who are: somebody else's, or a mistake.</summary>
        public bool HasPatients { get; }

        public Entry? Patient(string reference) => byName.GetValueOrDefault(("Patient", reference["Patient/".Length..]));

        /// <summary>"Patient/1" of another server is another patient.</summary>
        public bool IsOtherServer(Link link) => link.Server is not null && servers.Count > 0 && !servers.Contains(link.Server);

        public Entry? Find(Pointer pointer)
        {
            if (pointer.Reference is not { } reference)
                return pointer.Identifier is { } named ? byIdentifier.GetValueOrDefault((pointer.Type ?? "Patient", named)) : null;
            var link = Link.Parse(reference);
            if (link.Kind is LinkKind.Inside) return null;
            if (byUrl.TryGetValue(reference, out var found)) return found;
            return link switch
            {
                { Kind: LinkKind.Named } when IsOtherServer(link) => null,
                { Kind: LinkKind.Named } => byName.GetValueOrDefault((link.Type!, link.Id!)),
                { Kind: LinkKind.Conditional, Identifier: { } identifier } => byIdentifier.GetValueOrDefault((link.Type!, identifier)),
                _ => null,
            };
        }
    }
}
