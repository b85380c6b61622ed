using PatientPortal.Pharmacy.Data;
using PatientPortal.Pharmacy.Domain;
using PatientPortal.Synthetic;

namespace PatientPortal.Pharmacy.Synthetic;

/// <summary>The cast's prescriptions, fills, pharmacies and refill requests in several states.</summary>
sealed class PharmacySynthetic(PharmacyDb db) : ISynthetic
{
    const string Source = "synthetic";

    public int Order => 50;

    public async Task Fill(Cast cast, CancellationToken ct)
    {
        db.ChangeTracker.AutoDetectChangesEnabled = false;
        foreach (var p in cast.Pharmacies) db.Add(new DispensingPharmacy { Id = p.Id, Name = p.Name, Address = p.Address, Phone = p.Phone });
        foreach (var patient in cast.Patients)
        {
            db.Add(new KnownPatient { Id = patient.Id, Name = patient.Name, BirthDate = patient.BirthDate, TimeZone = patient.TimeZone, Language = patient.Language });
            foreach (var resource in cast.MedicinesOf(patient)) Add(patient, resource, cast.Now);
        }
        var patients = cast.Patients.ToDictionary(p => p.Id);
        foreach (var refill in cast.Refills) Add(cast, patients[refill.PatientId], refill);
        await db.Save(ct);
        db.ChangeTracker.Clear();
    }

    void Add(CastPatient patient, StoryResource told, DateTimeOffset now)
    {
        using var document = MedicationReader.Open(told.Type, told.Id, told.Json);
        var id = IdOf(told.Type, told.Id);
        db.Add(new StoredResource
        {
            Id = id, PatientId = patient.Id, Source = Source, Type = told.Type, SourceId = told.Id, Json = told.Json,
            LastUpdated = MedicationReader.LastUpdated(document, told.Type), ArrivedAt = now,
        });
        if (told.Type is "MedicationRequest")
        {
            var medication = new Medication { Id = id, PatientId = patient.Id, Source = Source, SourceId = told.Id };
            medication.Take(MedicationReader.Prescription(document));
            db.Add(medication);
            return;
        }
        var fill = new Domain.Fill { Id = id, PatientId = patient.Id, Source = Source, SourceId = told.Id };
        fill.Take(MedicationReader.Fill(document));
        db.Add(fill);
    }

    void Add(Cast cast, CastPatient patient, CastRefill told)
    {
        var medicine = patient.Medications.First(m => m.Id == told.MedicationId);
        var by = told.DecidedBy is { } id ? cast.Staff.FirstOrDefault(s => s.Id == id)?.Name ?? "Staff" : "Staff";
        var asked = new Refill
        {
            Id = told.Id, PatientId = patient.Id, MedicationId = IdOf("MedicationRequest", medicine.Id.ToString()), Medication = medicine.Name,
            PharmacyId = told.PharmacyId, Note = told.Note, AskedAt = told.AskedAt, AskedBy = patient.Name, IsRenewal = medicine.RefillsLeft is 0,
        };
        asked.Begin();
        if (told.State is not CastRefillState.Asked)
        {
            var decided = told.DecidedAt!.Value;
            asked.StartReview(by, decided.AddMinutes(-20));
            if (told.State is CastRefillState.Denied) asked.Deny(told.Reason!, "Write to your care team if you have questions, or book a visit.", by, decided);
            else asked.Approve(by, decided);
            if (told.State is CastRefillState.Ready) asked.BecomeReady(by, told.ReadyAt!.Value);
        }
        db.Add(asked);
    }

    static Guid IdOf(string type, string id) => Ids.Of($"{Source}|{type}|{id}");
}
