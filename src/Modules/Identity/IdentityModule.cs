using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using PatientPortal.Identity.Data;
using PatientPortal.Synthetic;

namespace PatientPortal.Identity;

/// <summary>People, and how the portal knows them.</summary>
public sealed class IdentityModule : IModule
{
    public string Name => "identity";

    public void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddModuleDb<IdentityDb>("identity");
        services.AddSingleton<Passwords>();
        services.AddSingleton<AddressLimits>();
        services.AddSingleton<SeenSessions>();
        services.AddSingleton<SessionCookie>();
        services.AddSingleton<IPatientDoor, PatientDoor>();
        services.AddSingleton<StaffDoor>();
        services.AddSingleton<DeviceCookie>();
        services.AddSingleton<InvitationCookie>();
        services.AddScoped<Devices>();
        services.AddScoped<Sessions>();
        services.AddScoped<Failures>();
        services.AddScoped<SecondFactors>();
        services.AddScoped<AccountTrail>();
        services.AddScoped<SecondStep>();
        services.AddSingleton<RelyingParty>();
        services.AddScoped<Passkeys>();
        services.AddScoped<Administration>();
        services.AddScoped<AgeTiers>();
        services.AddScoped<ChartSearch>();
        services.AddScoped<ChartJoining>();
        services.AddScoped<JoinedGrants>();
        services.AddScoped<Grants>();
        services.AddScoped<Invitations>();
        services.AddScoped<MinorsAccounts>();
        services.AddScoped<NewAccounts>();
        services.AddScoped<ActivationCodes>();
        services.AddScoped<StaffInvitations>();
        services.AddScoped<EmailChanges>();
        services.AddScoped<Recoveries>();
        services.AddScoped<RecoveryGate>();

        services.AddAuthentication(SessionAuthentication.SchemeName).AddScheme<AuthenticationSchemeOptions, SessionAuthentication>(SessionAuthentication.SchemeName, null);
        services.AddAuthorizationBuilder()
            .AddPolicy("members", p => p.RequireAuthenticatedUser().RequireClaim("kind", "patient", "staff"))
            .AddPolicy("patients", p => p.RequireAuthenticatedUser().RequireClaim("kind", "patient", "support"))
            .AddPolicy("staff", p => p.RequireAuthenticatedUser().RequireClaim("kind", "staff"));
    }
}
