using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace PatientPortal.Pharmacy.Domain;

/// <summary>The schedules of 21 CFR 1308. FHIR has no element for them, so they are known by ingredient.</summary>
enum DrugSchedule { None, V, IV, III, II }

/// <summary>
/// Which common ingredients are controlled in the United States. It covers what clinics prescribe and makes no claim to be whole: the staff
/// member who approves sees the medication's name.
/// </summary>
static partial class ControlledSubstances
{
    static readonly FrozenDictionary<string, DrugSchedule> known = new Dictionary<DrugSchedule, string>
    {
        [DrugSchedule.II] = "oxycodone hydrocodone morphine fentanyl hydromorphone oxymorphone methadone tapentadol meperidine methylphenidate dexmethylphenidate amphetamine dextroamphetamine lisdexamfetamine methamphetamine cocaine secobarbital",
        [DrugSchedule.III] = "buprenorphine testosterone ketamine dronabinol butabarbital oxandrolone",
        [DrugSchedule.IV] = "alprazolam lorazepam clonazepam diazepam temazepam chlordiazepoxide clobazam midazolam triazolam zolpidem zaleplon eszopiclone tramadol carisoprodol phentermine modafinil armodafinil phenobarbital butorphanol suvorexant",
        [DrugSchedule.V] = "pregabalin lacosamide brivaracetam cenobamate diphenoxylate",
    }.SelectMany(s => s.Value.Split(' ').Select(name => (name, s.Key))).ToFrozenDictionary(s => s.name, s => s.Key, StringComparer.OrdinalIgnoreCase);

    /// <summary>The strictest schedule of the ingredients in a name. Codeine alone is II, in a combination III (21 CFR 1308.12 and .13).</summary>
    public static DrugSchedule ScheduleOf(string name)
    {
        var words = Word().Matches(name).Select(m => m.Value).ToList();
        var strictest = words.Select(w => known.GetValueOrDefault(w)).DefaultIfEmpty().Max();
        if (!words.Contains("codeine", StringComparer.OrdinalIgnoreCase)) return strictest;
        var codeine = name.Contains('/', StringComparison.Ordinal) || name.Contains(" + ", StringComparison.Ordinal) || name.Contains(" and ", StringComparison.OrdinalIgnoreCase) ? DrugSchedule.III : DrugSchedule.II;
        return codeine > strictest ? codeine : strictest;
    }

    [GeneratedRegex("[A-Za-z]{4,}")]
    private static partial Regex Word();
}
