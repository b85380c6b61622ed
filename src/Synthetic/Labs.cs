namespace PatientPortal.Synthetic;

/// <summary>One thing that a laboratory measures.</summary>
/// <param name="Ucum">Unit as a UCUM code; <paramref name="Unit"/> as people read it.</param>
/// <param name="Mean">A healthy adult's usual value.</param>
/// <param name="Spread">How far single values stray from the course.</param>
internal sealed record Analyte(string Code, string Name, string Unit, string Ucum, double? Low, double? High, int Decimals, double Mean, double Spread, string? RangeText = null)
{
    /// <summary>For tests whose answer is a word.</summary>
    public string? Word { get; init; }

    /// <summary>Below (above) this the instrument only says "less (more) than".</summary>
    public double? Floor { get; init; }

    public double? Ceiling { get; init; }
}

/// <param name="Code">LOINC of the panel.</param>
internal sealed record Panel(string Code, string Name, Analyte[] Analytes);

/// <summary>The laboratory's catalogue.</summary>
internal static class Labs
{
    static readonly Analyte
        Glucose = new("2345-7", "Glucose", "mg/dL", "mg/dL", 70, 99, 0, 88, 6),
        Urea = new("3094-0", "Urea nitrogen", "mg/dL", "mg/dL", 7, 20, 0, 13, 3),
        Creatinine = new("2160-0", "Creatinine", "mg/dL", "mg/dL", 0.59, 1.04, 2, 0.82, 0.07),
        Gfr = new("98979-8", "Estimated filtration rate (eGFR)", "mL/min/1.73 m²", "mL/min/{1.73_m2}", 60, null, 0, 92, 5),
        Sodium = new("2951-2", "Sodium", "mmol/L", "mmol/L", 135, 145, 0, 140, 2),
        Potassium = new("2823-3", "Potassium", "mmol/L", "mmol/L", 3.5, 5.1, 1, 4.2, 0.25),
        Chloride = new("2075-0", "Chloride", "mmol/L", "mmol/L", 98, 107, 0, 102, 2),
        CarbonDioxide = new("2028-9", "Carbon dioxide", "mmol/L", "mmol/L", 22, 29, 0, 25, 1.5),
        Calcium = new("17861-6", "Calcium", "mg/dL", "mg/dL", 8.6, 10.3, 1, 9.4, 0.25),
        Alt = new("1742-6", "Alanine aminotransferase (ALT)", "U/L", "U/L", 7, 45, 0, 22, 6),
        Ast = new("1920-8", "Aspartate aminotransferase (AST)", "U/L", "U/L", 8, 40, 0, 20, 5),
        Alp = new("6768-6", "Alkaline phosphatase", "U/L", "U/L", 44, 121, 0, 74, 9),
        Bilirubin = new("1975-2", "Bilirubin, total", "mg/dL", "mg/dL", 0.1, 1.2, 1, 0.5, 0.15),
        Albumin = new("1751-7", "Albumin", "g/dL", "g/dL", 3.5, 5.0, 1, 4.3, 0.2),
        Protein = new("2885-2", "Protein, total", "g/dL", "g/dL", 6.0, 8.3, 1, 7.1, 0.25);

    public static readonly Panel
        Lipid = new("57698-3", "Cholesterol panel",
        [
            new("13457-7", "LDL cholesterol", "mg/dL", "mg/dL", null, 100, 0, 92, 8, "below 100"),
            new("2085-9", "HDL cholesterol", "mg/dL", "mg/dL", 50, null, 0, 56, 3, "above 50"),
            new("2571-8", "Triglycerides", "mg/dL", "mg/dL", null, 150, 0, 105, 16, "below 150"),
            new("2093-3", "Total cholesterol", "mg/dL", "mg/dL", null, 200, 0, 168, 9, "below 200"),
        ]),
        Basic = new("51990-0", "Basic metabolic panel", [Glucose, Urea, Creatinine, Gfr, Sodium, Potassium, Chloride, CarbonDioxide, Calcium]),
        Comprehensive = new("24323-8", "Comprehensive metabolic panel",
            [Glucose, Urea, Creatinine, Sodium, Potassium, Chloride, CarbonDioxide, Calcium, Alt, Ast, Alp, Bilirubin, Albumin, Protein]),
        BloodCount = new("58410-2", "Complete blood count",
        [
            new("6690-2", "White blood cells", "10³/µL", "10*3/uL", 4.0, 11.0, 1, 6.6, 0.9),
            new("789-8", "Red blood cells", "10⁶/µL", "10*6/uL", 3.9, 5.2, 2, 4.5, 0.2),
            new("718-7", "Hemoglobin", "g/dL", "g/dL", 12.0, 15.5, 1, 13.6, 0.5),
            new("4544-3", "Hematocrit", "%", "%", 36, 46, 1, 40.8, 1.4),
            new("787-2", "Red cell volume (MCV)", "fL", "fL", 80, 100, 0, 90, 2),
            new("785-6", "Red cell hemoglobin (MCH)", "pg", "pg", 27, 33, 1, 30, 0.7),
            new("786-4", "Red cell hemoglobin concentration (MCHC)", "g/dL", "g/dL", 32, 36, 1, 33.6, 0.5),
            new("788-0", "Red cell width (RDW)", "%", "%", 11.5, 14.5, 1, 13.0, 0.4),
            new("777-3", "Platelets", "10³/µL", "10*3/uL", 150, 400, 0, 255, 28),
        ]),
        HemoglobinA1c = new("4548-4", "Hemoglobin A1c", [new("4548-4", "Hemoglobin A1c", "%", "%", 4.0, 5.6, 1, 5.3, 0.12)]),
        Thyroid = new("3016-3", "Thyroid stimulating hormone", [new("3016-3", "Thyroid stimulating hormone (TSH)", "mIU/L", "m[IU]/L", 0.4, 4.5, 2, 2.1, 0.5) { Floor = 0.01 }]),
        UrineAlbumin = new("14959-1", "Urine albumin", [new("14959-1", "Albumin to creatinine ratio, urine", "mg/g", "mg/g", null, 30, 0, 6, 5, "below 30") { Floor = 7 }]),
        CReactive = new("1988-5", "C-reactive protein", [new("1988-5", "C-reactive protein", "mg/L", "mg/L", null, 5, 1, 0.8, 0.8, "below 5") { Floor = 0.6 }]),
        Ferritin = new("2276-4", "Ferritin", [new("2276-4", "Ferritin", "ng/mL", "ng/mL", 15, 150, 0, 62, 18)]),
        VitaminB12 = new("2132-9", "Vitamin B12", [new("2132-9", "Vitamin B12", "pg/mL", "pg/mL", 232, 1245, 0, 1950, 300) { Ceiling = 2000 }]),
        Clotting = new("6301-6", "Clotting time (INR)", [new("6301-6", "INR", "ratio", "{INR}", 2.0, 3.0, 1, 2.5, 0.5, "2.0 to 3.0 on warfarin")]),
        Natriuretic = new("33762-6", "Natriuretic peptide (NT-proBNP)", [new("33762-6", "NT-proBNP", "pg/mL", "pg/mL", null, 125, 0, 640, 170, "below 125") { Floor = 36 }]),
        Urine = new("24356-8", "Urinalysis",
        [
            new("5778-6", "Color", "", "", null, null, 0, 0, 0, "yellow") { Word = "Yellow" },
            new("5767-9", "Appearance", "", "", null, null, 0, 0, 0, "clear") { Word = "Clear" },
            new("5811-5", "Specific gravity", "ratio", "{ratio}", 1.005, 1.030, 3, 1.016, 0.004),
            new("5803-2", "pH", "pH", "[pH]", 5.0, 8.0, 1, 6.2, 0.4),
            new("20454-5", "Protein", "", "", null, null, 0, 0, 0, "negative") { Word = "Negative" },
            new("5792-7", "Glucose", "", "", null, null, 0, 0, 0, "negative") { Word = "Negative" },
            new("20405-7", "Urobilinogen", "mg/dL", "mg/dL", null, 1.0, 1, 0.15, 0.1, "below 1.0") { Floor = 0.2 },
            new("5799-2", "Leukocyte esterase", "", "", null, null, 0, 0, 0, "negative") { Word = "Negative" },
        ]);
}
