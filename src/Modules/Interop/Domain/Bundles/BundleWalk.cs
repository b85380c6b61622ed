using System.Text.Json;

namespace PatientPortal.Interop.Domain.Bundles;

/// <summary>Walks over the JSON values of one arrival, from the outside in: values, entries, resources.</summary>
internal ref struct BundleWalk(ReadOnlySpan<byte> content, int offset)
{
    readonly ReadOnlySpan<byte> content = content;
    readonly ResourceScan scan = new();

    public List<Entry> Entries { get; } = [];

    /// <summary>Why the value that was walked over last is neither a bundle nor a resource.</summary>
    public BundleProblem? Problem { get; private set; }

    public readonly bool IsTooMany => Entries.Count > InteropLimits.Entries;

    public void TopValue(ref Utf8JsonReader reader)
    {
        if (reader.TokenType is not JsonTokenType.StartObject)
        {
            Json.Pass(ref reader);
            Stray("not_a_bundle", "A Bundle or a resource begins with a brace.");
            return;
        }
        // Whether this is a Bundle may only be said at its end ("resourceType" need not come first), so its "entry" is
        // walked over as if it were one, and forgotten when it was not: List has an "entry" too.
        var before = Entries.Count;
        var start = Json.Start(reader, offset);
        string? type = null, kind = null;
        var (typeTwice, entryTwice, hasEntries, entryIsList) = (false, false, false, true);
        while (Json.Next(ref reader) && reader.TokenType is JsonTokenType.PropertyName)
        {
            if (Json.Is(reader, "resourceType"u8)) { typeTwice |= type is not null; type = Json.Text(ref reader) ?? ""; }
            else if (Json.Is(reader, "type"u8)) kind = Json.Text(ref reader);
            else if (Json.Is(reader, "entry"u8))
            {
                entryTwice |= hasEntries;
                hasEntries = true;
                Json.Next(ref reader);
                entryIsList = reader.TokenType is JsonTokenType.StartArray;
                if (entryIsList) EntryList(ref reader); else Json.Pass(ref reader);
                if (IsTooMany) return;
            }
            else { Json.Next(ref reader); Json.Pass(ref reader); }
        }
        var length = offset + (int)reader.BytesConsumed - start;
        if (type is "Bundle" && !typeTwice)
        {
            Problem = !entryIsList ? new("not_a_bundle", "Bundle.entry is not a list.", start)
                : entryTwice ? new("not_a_bundle", "Bundle.entry stands there twice.", start)
                : BundleReader.KindProblem(kind);
            if (Problem is not null) Entries.RemoveRange(before, Entries.Count - before);
            return;
        }
        Entries.RemoveRange(before, Entries.Count - before);
        if (type is null || typeTwice || !ResourceTypes.Exists(type))
        {
            Stray("not_a_bundle", type is null or "" || typeTwice
                ? "It does not say which resource it is: \"resourceType\" is missing, stands there twice, or is not a text."
                : "Its \"resourceType\" is not one of FHIR R4. This portal reads FHIR R4 (4.0.1).");
            return;
        }
        var entry = New();
        var resource = new Utf8JsonReader(content.Slice(start, length), new JsonReaderOptions { MaxDepth = int.MaxValue });
        resource.Read();
        scan.Read(ref resource, content, start, entry);
    }

    /// <summary>One line of several may be no resource; the others count, and it is accounted for.</summary>
    void Stray(string code, string detail)
    {
        Problem = new BundleProblem(code, detail, null);
        New().Quarantine("resourceType", detail);
    }

    void EntryList(ref Utf8JsonReader reader)
    {
        while (Json.Next(ref reader) && reader.TokenType is not JsonTokenType.EndArray)
        {
            var entry = New();
            if (reader.TokenType is not JsonTokenType.StartObject)
            {
                Json.Pass(ref reader);
                entry.Quarantine(entry.Place, "The entry is not a structure.");
            }
            else OneEntry(ref reader, entry);
            if (IsTooMany) return;
        }
    }

    Entry New()
    {
        var entry = new Entry(Entries.Count);
        Entries.Add(entry);
        return entry;
    }

    readonly void OneEntry(ref Utf8JsonReader reader, Entry entry)
    {
        var (resources, method, url, mode) = (0, (string?)null, (string?)null, (string?)null);
        var isStructure = true;
        while (Json.Next(ref reader) && reader.TokenType is JsonTokenType.PropertyName)
        {
            if (Json.Is(reader, "fullUrl"u8)) entry.FullUrl = Json.Text(ref reader);
            else if (Json.Is(reader, "request"u8)) (method, url) = Pair(ref reader, "method"u8, "url"u8);
            else if (Json.Is(reader, "search"u8)) (mode, _) = Pair(ref reader, "mode"u8, "score"u8);
            else if (Json.Is(reader, "resource"u8))
            {
                Json.Next(ref reader);
                isStructure = reader.TokenType is JsonTokenType.StartObject;
                if (resources++ > 0 || !isStructure) Json.Pass(ref reader);
                else scan.Read(ref reader, content, offset, entry);
            }
            else { Json.Next(ref reader); Json.Pass(ref reader); }
        }
        Judge(entry, resources, isStructure, method, url, mode);
    }

    static void Judge(Entry entry, int resources, bool isStructure, string? method, string? url, string? mode)
    {
        var place = entry.Place;
        if (method is "DELETE" or "GET" or "HEAD" or "PATCH")
        {
            if (entry.Type is "unknown" && Link.Parse(url) is { Kind: LinkKind.Named, Type: { } type, Id: { } id }) (entry.Type, entry.Id) = (type, id);
            entry.Quarantine($"{place}.request.method", $"{method} is not supported: an import only adds and updates.");
        }
        else if (resources == 0) entry.Quarantine($"{place}.resource", "The entry has no resource.");
        else if (resources > 1) entry.Quarantine($"{place}.resource", "The entry has more than one resource.");
        else if (!isStructure) entry.Quarantine($"{place}.resource", "The resource is not a structure.");
        else if (mode is "outcome") entry.Quarantine($"{place}.search.mode", "It says how a search went and is nobody's record.");

        if (entry.Id is null && !entry.IsQuarantined)
        {
            entry.Id = method is "PUT" && Link.Parse(url) is { Kind: LinkKind.Named } put && put.Type == entry.Type ? put.Id : Link.IdOf(entry.FullUrl, entry.Type);
            if (entry.Id is null)
                entry.Quarantine($"{entry.Type}.id", "It has neither an id nor a fullUrl that ends in one, so it could not be recognised when it comes again.");
        }
        else if (method is "PUT" && Link.Parse(url) is { Kind: LinkKind.Named } asked && (asked.Type, asked.Id) != (entry.Type, entry.Id))
            entry.Quarantine($"{place}.request.url", "The request names another resource than the one in the entry.");
    }

    static (string? First, string? Second) Pair(ref Utf8JsonReader reader, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        Json.Next(ref reader);
        if (reader.TokenType is not JsonTokenType.StartObject)
        {
            Json.Pass(ref reader);
            return default;
        }
        (string? First, string? Second) found = default;
        while (Json.Next(ref reader) && reader.TokenType is JsonTokenType.PropertyName)
        {
            if (Json.Is(reader, first)) found.First = Json.Text(ref reader);
            else if (Json.Is(reader, second)) found.Second = Json.Text(ref reader);
            else { Json.Next(ref reader); Json.Pass(ref reader); }
        }
        return found;
    }
}
