using Microsoft.AspNetCore.Authorization;

namespace PatientPortal.Kernel.Access;

/// <summary>For whom a route or page is. Every one states it; a test sweeps the endpoint list.</summary>
public enum Audience { Everyone, Members, Patients, Staff, Apps }

/// <summary>Carried by every endpoint of the portal.</summary>
public interface IAudience { Audience Audience { get; } }

/// <summary>Endpoint metadata of the API groups.</summary>
public sealed record AudienceMetadata(Audience Audience) : IAudience;

/// <summary>A page anybody may open, signed in or not.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ForEveryoneAttribute : AllowAnonymousAttribute, IAudience
{
    public Audience Audience => Audience.Everyone;
}

/// <summary>A page for anybody signed in.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ForMembersAttribute() : AuthorizeAttribute("members"), IAudience
{
    public Audience Audience => Audience.Members;
}

/// <summary>A page about one patient, for that patient and their proxies.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ForPatientsAttribute() : AuthorizeAttribute("patients"), IAudience
{
    public Audience Audience => Audience.Patients;
}

/// <summary>A page of the staff console.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ForStaffAttribute() : AuthorizeAttribute("staff"), IAudience
{
    public Audience Audience => Audience.Staff;
}
