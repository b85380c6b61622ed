using System.Globalization;
using System.Text;
using System.Text.Json;
using PatientPortal.Kernel.Sealing;

namespace PatientPortal.Identity.Domain;

/// <summary>What the portal needs of a FHIR R4 Patient (hl7.org/fhir/R4/patient.html); the resource itself is kept as it came.</summary>
sealed record FhirPatient(
    string Given, string Family, string Name, DateOnly BirthDate, string? Sex, string? Email, string? Phone, string? Address,
    string Language, bool IsDeceased, DateOnly? DiedOn, IReadOnlyList<FhirIdentifier> Identifiers)
{
    /// <summary>The resource read, or the element that keeps it out and why. What it does not need it does not judge.</summary>
    public static (FhirPatient? Patient, FhirFault? Fault) Read(ReadOnlyMemory<byte> json, DateOnly today)
    {
        try
        {
            using var document = JsonDocument.Parse(json, new() { MaxDepth = 64 });
            return (Read(document.RootElement, today), null);
        }
        catch (JsonException)
        {
            return (null, new("Patient", "This is not readable JSON, or is nested more than 64 levels deep."));
        }
        catch (InvalidOperationException)
        {
            // GetString on half a surrogate pair.
            return (null, new("Patient", "It holds text that is not valid Unicode."));
        }
        catch (FaultException fault)
        {
            return (null, fault.Fault);
        }
    }

    static FhirPatient Read(JsonElement patient, DateOnly today)
    {
        if (patient.ValueKind is not JsonValueKind.Object || Text(patient, "resourceType", "Patient.resourceType") is not "Patient")
            throw new FaultException("Patient.resourceType", "This is not a Patient resource.");

        var (given, family, shown) = NameOf(patient, today);
        var (deceased, diedOn) = DeathOf(patient);
        return new(given, family, shown, BirthDateOf(patient, today), SexOf(patient),
            Telecom(patient, "email", today), Telecom(patient, "phone", today), AddressOf(patient, today), LanguageOf(patient),
            deceased, diedOn, IdentifiersOf(patient));
    }

    /// <summary>The official name, else the usual, else the first that is not an old one. Any Unicode, digits too: samples carry them and so do people.</summary>
    static (string Given, string Family, string Shown) NameOf(JsonElement patient, DateOnly today)
    {
        var best = Objects(patient, "name", "Patient.name")
            .Where(n => !IsOver(n, "Patient.name.period", today) && Text(n, "use", "Patient.name.use") is not ("old" or "maiden" or "anonymous"))
            .OrderBy(n => Text(n, "use", "Patient.name.use") switch { "official" => 0, "usual" => 1, null => 2, _ => 3 })
            .Select(n => (
                Given: Clean(string.Join(' ', Texts(n, "given", "Patient.name.given"))),
                Family: Clean(Text(n, "family", "Patient.name.family")),
                Shown: Clean(Text(n, "text", "Patient.name.text"))))
            .FirstOrDefault(n => n.Given.Length + n.Family.Length + n.Shown.Length > 0);
        if (best.Shown is null) throw new FaultException("Patient.name", "A chart needs a name.");

        if (best.Given.Length + best.Family.Length > 0) return (best.Given, best.Family, Clean($"{best.Given} {best.Family}"));
        var words = best.Shown.Split(' ');
        return (string.Join(' ', words[..^1]), words[^1], best.Shown);
    }

    static DateOnly BirthDateOf(JsonElement patient, DateOnly today)
    {
        var text = Text(patient, "birthDate", "Patient.birthDate")
            ?? throw new FaultException("Patient.birthDate", "A chart needs a birth date: activation and search ask for it.");
        if (!DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
            throw new FaultException("Patient.birthDate", "The birth date must be a whole date, like 1968-04-30.");
        // A day's grace: at the sender it may be tomorrow already.
        if (date > today.AddDays(1)) throw new FaultException("Patient.birthDate", "The birth date lies in the future.");
        if (date.Year < 1850) throw new FaultException("Patient.birthDate", "The birth date lies before 1850.");
        return date;
    }

    static string? SexOf(JsonElement patient) =>
        Text(patient, "gender", "Patient.gender") is ("female" or "male" or "other" or "unknown") and var sex ? sex : null;

    static (bool, DateOnly?) DeathOf(JsonElement patient)
    {
        if (Text(patient, "deceasedDateTime", "Patient.deceasedDateTime") is { } at)
            return (true, at.Length >= 10 && DateOnly.TryParseExact(at[..10], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var on) ? on : null);
        if (!patient.TryGetProperty("deceasedBoolean", out var said)) return (false, null);
        return said.ValueKind switch
        {
            JsonValueKind.True => (true, null),
            JsonValueKind.False => (false, null),
            _ => throw new FaultException("Patient.deceasedBoolean", "This must be true or false."),
        };
    }

    /// <summary>The one to use: a mobile phone first, then by rank, home, work; never an old one.</summary>
    static string? Telecom(JsonElement patient, string system, DateOnly today) =>
        Objects(patient, "telecom", "Patient.telecom")
            .Where(t => Text(t, "system", "Patient.telecom.system") == system && Text(t, "use", "Patient.telecom.use") is not "old" && !IsOver(t, "Patient.telecom.period", today))
            .OrderBy(t => t.TryGetProperty("rank", out var rank) && rank.ValueKind is JsonValueKind.Number && rank.TryGetInt32(out var r) ? r : 99)
            .ThenBy(t => Text(t, "use", "Patient.telecom.use") switch { "mobile" => 0, "home" => 1, null => 2, _ => 3 })
            .Select(t => Clean(Text(t, "value", "Patient.telecom.value")))
            .FirstOrDefault(v => v.Length is > 0 and <= 254 && (system is not "email" || v.Contains('@', StringComparison.Ordinal)));

    static string? AddressOf(JsonElement patient, DateOnly today) =>
        Objects(patient, "address", "Patient.address")
            .Where(a => Text(a, "use", "Patient.address.use") is not "old" && !IsOver(a, "Patient.address.period", today))
            .Select(a => Clean(Text(a, "text", "Patient.address.text")) is { Length: > 0 } whole ? whole : string.Join(", ",
                Texts(a, "line", "Patient.address.line").Append(Text(a, "city", "Patient.address.city"))
                    .Append($"{Text(a, "state", "Patient.address.state")} {Text(a, "postalCode", "Patient.address.postalCode")}")
                    .Select(Clean).Where(part => part.Length > 0)))
            .FirstOrDefault(a => a.Length > 0);

    /// <summary>Spanish when a Spanish is the preferred or the only language, else English.</summary>
    static string LanguageOf(JsonElement patient)
    {
        var spoken = Objects(patient, "communication", "Patient.communication")
            .OrderBy(c => c.TryGetProperty("preferred", out var preferred) && preferred.ValueKind is JsonValueKind.True ? 0 : 1)
            .FirstOrDefault();
        if (spoken.ValueKind is not JsonValueKind.Object || !spoken.TryGetProperty("language", out var language) || language.ValueKind is not JsonValueKind.Object) return "en";
        return Objects(language, "coding", "Patient.communication.language.coding")
            .Any(c => Text(c, "code", "Patient.communication.language.coding.code") is { } code && (code is "es" || code.StartsWith("es-", StringComparison.OrdinalIgnoreCase)))
            ? "es" : "en";
    }

    /// <summary>The numbers that belong to one person. Member and subscriber numbers are a family's (v2 table 0203: MB, SN), so nobody is matched by them.</summary>
    static List<FhirIdentifier> IdentifiersOf(JsonElement patient)
    {
        var found = new List<FhirIdentifier>();
        foreach (var one in Objects(patient, "identifier", "Patient.identifier"))
        {
            var (system, value) = (Clean(Text(one, "system", "Patient.identifier.system")), Clean(Text(one, "value", "Patient.identifier.value")));
            if (system.Length is 0 or > 500 || value.Length is 0 or > 500 || Text(one, "use", "Patient.identifier.use") is "old") continue;
            var shared = one.TryGetProperty("type", out var type) && type.ValueKind is JsonValueKind.Object
                && Objects(type, "coding", "Patient.identifier.type.coding").Any(c => Text(c, "code", "Patient.identifier.type.coding.code") is "MB" or "SN");
            if (!shared && !found.Contains(new(system, value))) found.Add(new(system, value));
        }
        return found;
    }

    /// <summary>FHIR dates may be partial ("2020"); as texts they still sort.</summary>
    static bool IsOver(JsonElement element, string path, DateOnly today) =>
        element.TryGetProperty("period", out var period) && period.ValueKind is JsonValueKind.Object
        && Text(period, "end", path + ".end") is { } end && string.CompareOrdinal(end, today.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)) < 0;

    static IEnumerable<JsonElement> Objects(JsonElement parent, string name, string path)
    {
        if (!parent.TryGetProperty(name, out var list) || list.ValueKind is JsonValueKind.Null) return [];
        if (list.ValueKind is not JsonValueKind.Array) throw new FaultException(path, "This must be a list.");
        if (list.EnumerateArray().Any(item => item.ValueKind is not JsonValueKind.Object)) throw new FaultException(path, "This must be a list of objects.");
        return list.EnumerateArray();
    }

    static IEnumerable<string> Texts(JsonElement parent, string name, string path)
    {
        if (!parent.TryGetProperty(name, out var list) || list.ValueKind is JsonValueKind.Null) return [];
        if (list.ValueKind is not JsonValueKind.Array) throw new FaultException(path, "This must be a list.");
        return list.EnumerateArray().Select(item => item.ValueKind switch
        {
            JsonValueKind.String => item.GetString()!,
            JsonValueKind.Null => "",
            _ => throw new FaultException(path, "This must be a list of texts."),
        });
    }

    static string? Text(JsonElement parent, string name, string path)
    {
        if (!parent.TryGetProperty(name, out var value) || value.ValueKind is JsonValueKind.Null) return null;
        if (value.ValueKind is not JsonValueKind.String) throw new FaultException(path, "This must be a text.");
        return value.GetString();
    }

    /// <summary>Without control characters and doubled blanks; at most 500 characters, which no person's name needs.</summary>
    static string Clean(string? text)
    {
        var words = string.Concat((text ?? "").Select(c => char.IsControl(c) ? ' ' : c)).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var clean = string.Join(' ', words);
        return clean.Length <= 500 ? clean : clean[..500];
    }

    sealed class FaultException(string element, string reason) : Exception(reason)
    {
        public FhirFault Fault { get; } = new(element, reason);
    }
}

/// <summary>FHIR Identifier: unique as a pair.</summary>
sealed record FhirIdentifier(string System, string Value)
{
    /// <summary>What it is found by. The separator can't stand in a value: no two pairs have one print.</summary>
    public byte[] FingerprintBy(Vault vault) =>
        vault.Fingerprinted(Encoding.UTF8.GetBytes($"{System}\u001f{Value}"), "identity_patient_identifiers.fingerprint");
}

/// <summary>The element that keeps a resource out, and why, in plain words without health data.</summary>
sealed record FhirFault(string Element, string Reason);
