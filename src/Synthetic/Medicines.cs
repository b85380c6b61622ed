namespace PatientPortal.Synthetic;

/// <summary>What each kind of story is prescribed.</summary>
internal static class Medicines
{
    /// <param name="Days">Days' supply of one fill.</param>
    /// <param name="Started">Days before today.</param>
    /// <param name="RunsOutIn">Days from today until the last fill is used up (negative: it is).</param>
    record Plan(
        string Name, string? RxNorm, string Dosage, string Spanish, decimal Quantity, string Unit, int Days, int Repeats, int Started, int RunsOutIn,
        string Reason, string Status = "active", string? Schedule = null, int ValidDays = 365);

    const string OnceDaily = "Take 1 tablet by mouth once a day", OnceDailyEs = "Tome 1 tableta por la boca una vez al día";
    const string TwiceDaily = "Take 1 tablet by mouth twice a day with meals", TwiceDailyEs = "Tome 1 tableta por la boca dos veces al día con las comidas";
    const string Bedtime = "Take 1 tablet by mouth at bedtime", BedtimeEs = "Tome 1 tableta por la boca al acostarse";

    static readonly Plan Lisinopril = new("Lisinopril 10 MG Oral Tablet", "314076", OnceDaily, OnceDailyEs, 30, "tablet", 30, 5, 115, 5, "High blood pressure");
    static readonly Plan Atorvastatin = new("Atorvastatin 20 MG Oral Tablet", "617310", Bedtime, BedtimeEs, 90, "tablet", 90, 3, 200, 48, "High cholesterol");
    static readonly Plan Metformin = new("Metformin hydrochloride 500 MG Oral Tablet", "861007", TwiceDaily, TwiceDailyEs, 60, "tablet", 30, 5, 86, 4, "Type 2 diabetes");
    static readonly Plan OldThiazide = new("Hydrochlorothiazide 25 MG Oral Tablet", "310798", OnceDaily, OnceDailyEs, 30, "tablet", 30, 5, 900, -640, "High blood pressure", "stopped");
    static readonly Plan Amlodipine = new("Amlodipine 5 MG Oral Tablet", "197361", OnceDaily, OnceDailyEs, 30, "tablet", 30, 2, 92, -2, "High blood pressure");
    static readonly Plan OnHold = new("Metformin hydrochloride 1000 MG Oral Tablet", "861004", TwiceDaily, TwiceDailyEs, 60, "tablet", 30, 5, 150, 12, "Type 2 diabetes", "on-hold");
    static readonly Plan Insulin = new("Insulin glargine 100 units/mL pen", null, "Inject 18 units under the skin at bedtime", "Inyecte 18 unidades debajo de la piel al acostarse", 15, "mL", 30, 6, 70, 9, "Type 2 diabetes");
    static readonly Plan Albuterol = new("Albuterol 0.09 MG/ACTUAT inhaler, 200 actuations", "2123111", "Inhale 2 puffs every 4 to 6 hours when needed", "Inhale 2 veces cada 4 a 6 horas si lo necesita", 1, "inhaler", 60, 2, 130, 14, "Asthma");
    static readonly Plan Fluticasone = new("Fluticasone 110 mcg inhaler", null, "Inhale 1 puff twice a day; rinse your mouth after", "Inhale 1 vez dos veces al día; enjuáguese la boca después", 1, "inhaler", 30, 5, 95, 2, "Asthma");
    static readonly Plan Levothyroxine = new("Levothyroxine 50 mcg tablet", null, "Take 1 tablet by mouth each morning, before breakfast", "Tome 1 tableta cada mañana, antes del desayuno", 90, "tablet", 90, 3, 230, 40, "Underactive thyroid");
    static readonly Plan Sertraline = new("Sertraline 50 MG Oral Tablet", "312941", OnceDaily, OnceDailyEs, 30, "tablet", 30, 5, 170, -1, "Depression");
    static readonly Plan Prenatal = new("Prenatal vitamin tablet", null, OnceDaily, OnceDailyEs, 100, "tablet", 100, 2, 150, 50, "Pregnancy");
    static readonly Plan Aspirin = new("Aspirin 81 MG Oral Tablet", "243670", OnceDaily, OnceDailyEs, 90, "tablet", 90, 3, 260, 10, "Heart disease");
    static readonly Plan Furosemide = new("Furosemide 40 MG Oral Tablet", "313988", "Take 1 tablet by mouth each morning", "Tome 1 tableta cada mañana", 30, "tablet", 30, 5, 80, 10, "Heart failure");
    static readonly Plan Clopidogrel = new("Clopidogrel 75 MG Oral Tablet", "309362", OnceDaily, OnceDailyEs, 30, "tablet", 30, 11, 200, 10, "Heart disease");
    static readonly Plan Warfarin = new("Warfarin sodium 5 MG Oral Tablet", "855332", "Take as the clinic tells you after each blood test", "Tome según le indique la clínica después de cada análisis", 30, "tablet", 30, 2, 60, 0, "Atrial fibrillation");
    static readonly Plan Omeprazole = new("Omeprazole 20 MG Delayed Release Oral Capsule", "198051", "Take 1 capsule by mouth before breakfast", "Tome 1 cápsula antes del desayuno", 30, "capsule", 30, 5, 120, 1, "Acid reflux");
    static readonly Plan Expired = new("Atorvastatin 20 MG Oral Tablet", "617310", Bedtime, BedtimeEs, 90, "tablet", 90, 3, 430, -65, "High cholesterol");
    static readonly Plan Oxycodone = new("Oxycodone hydrochloride 5 MG Oral Tablet", "1049621", "Take 1 tablet by mouth every 6 hours only when needed for pain", "Tome 1 tableta cada 6 horas solo si la necesita para el dolor", 20, "tablet", 5, 0, 20, -15, "Pain after surgery", "active", "CII", 30);
    static readonly Plan Gabapentin = new("Gabapentin 300 MG Oral Capsule", "310431", "Take 1 capsule by mouth three times a day", "Tome 1 cápsula tres veces al día", 90, "capsule", 30, 3, 62, 28, "Nerve pain");
    static readonly Plan Amoxicillin = new("Amoxicillin 500 MG Oral Capsule", "308191", "Take 1 capsule by mouth three times a day for 10 days", "Tome 1 cápsula tres veces al día durante 10 días", 30, "capsule", 10, 0, 240, -230, "Sinus infection", "completed", null, 30);
    static readonly Plan AmoxicillinLiquid = new("Amoxicillin 400 mg/5 mL suspension", null, "Give 6 mL by mouth twice a day for 10 days", "Dé 6 mL dos veces al día durante 10 días", 120, "mL", 10, 0, 300, -290, "Ear infection", "completed", null, 30);
    static readonly Plan VitaminD = new("Vitamin D drops 400 units", null, "Give 1 drop by mouth once a day", "Dé 1 gota una vez al día", 1, "bottle", 90, 3, 160, 20, "Nutrition");

    static Plan[] For(int number, CastStory story) => story switch
    {
        CastStory.Metabolic => [Lisinopril, Atorvastatin, Metformin, OldThiazide, Amoxicillin],
        CastStory.Hypertension => number % 2 is 0 ? [Amlodipine, Expired] : [Lisinopril, OldThiazide],
        CastStory.Diabetes => number % 2 is 0 ? [Metformin, Insulin, Expired] : [OnHold, Insulin, Atorvastatin],
        CastStory.Asthma => [Albuterol, Fluticasone, Amoxicillin],
        CastStory.Pregnancy => [Prenatal],
        CastStory.Thyroid => [Levothyroxine],
        CastStory.Depression => [Sertraline, Amoxicillin],
        CastStory.Elder => [Lisinopril, Atorvastatin, Aspirin, Omeprazole, Warfarin, Gabapentin, Levothyroxine, OldThiazide],
        CastStory.HeartFailure => [Furosemide, Lisinopril, Clopidogrel, Aspirin, Atorvastatin],
        CastStory.Pain => [Oxycodone, Gabapentin],
        CastStory.Teen => [Albuterol],
        CastStory.Child => [AmoxicillinLiquid],
        CastStory.Infant => [VitaminD],
        CastStory.Slim or CastStory.Long => [Lisinopril, Atorvastatin, Metformin, Amlodipine, Omeprazole],
        _ => [Amoxicillin],
    };

    public static CastMedication[] Of(int number, CastStory story, DateOnly today, Guid prescriber)
    {
        var plans = For(number, story);
        var made = new CastMedication[plans.Length];
        for (var i = 0; i < plans.Length; i++)
        {
            var plan = plans[i];
            var authored = today.AddDays(-plan.Started);
            made[i] = new CastMedication(StableId.Of("medication", number, i), plan.Name, plan.RxNorm, plan.Dosage, plan.Spanish, plan.Quantity, plan.Unit,
                plan.Days, plan.Repeats, plan.Status, authored, authored.AddDays(plan.ValidDays), plan.Schedule, plan.Reason, prescriber,
                story is CastStory.Slim ? [] : Fills(number, i, plan, today, authored));
        }
        return made;
    }

    /// <summary>Back from the last fill, one supply apart, until the prescription's own day or its last repeat.</summary>
    static CastFill[] Fills(int number, int medication, Plan plan, DateOnly today, DateOnly authored)
    {
        var days = new List<DateOnly>();
        for (var on = today.AddDays(plan.RunsOutIn - plan.Days); on >= authored && days.Count <= plan.Repeats; on = on.AddDays(-plan.Days))
            if (on < today) days.Add(on);
        if (days.Count is 0) days.Add(authored);
        days.Reverse();
        return [.. days.Select((on, k) => new CastFill(StableId.Of("dispense", number, medication * 100 + k), on))];
    }
}
