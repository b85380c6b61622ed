using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using PatientPortal.Kernel.Access;
using PatientPortal.Kernel.Data;
using PatientPortal.Kernel.Modules;
using PatientPortal.Kernel.Requests;
using PatientPortal.Kernel.Web;

namespace PatientPortal.Host.Hosting;

/// <summary>What happens before the portal serves, and the order in which a request passes.</summary>
public static class UsingPortal
{
    /// <summary>Makes sure that nobody else serves the database where there can be only one, migrates, fills an empty database with the synthetic clinic where that is asked for, and prints what a newcomer needs.</summary>
    public static async Task PreparePortal(this WebApplication app)
    {
        var sole = app.Services.GetRequiredService<SoleHost>();
        await sole.Enter(CancellationToken.None);
        await app.Services.GetRequiredService<Upgrade>().Apply(CancellationToken.None);
        await sole.FreeClaims(CancellationToken.None);
        var settings = app.Services.GetRequiredService<Settings>();
        if (!settings.SyntheticClinic) return;
        await using var scope = app.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<RequestScope>().Actor = Actor.Portal;
        await scope.ServiceProvider.GetRequiredService<SyntheticClinic>().FillWhenEmpty(CancellationToken.None);
        app.Lifetime.ApplicationStarted.Register(() => SyntheticClinic.Print(app.Urls));
    }

    /// <summary>Has the modules' models built as soon as the portal serves: the first requests would build them, and somebody would wait for that.</summary>
    public static void WarmUp(this WebApplication app) =>
        app.Lifetime.ApplicationStarted.Register(() => Task.Run(() => app.Services.GetRequiredService<Upgrade>().BuildModels()));

    public static void UsePortal(this WebApplication app)
    {
        app.UseResponseCompression();
        app.UseMiddleware<SecurityHeaders>();
        app.UseMiddleware<Troubles>();
        app.Use(RequestDoor.RefuseZeros);
        app.Use(RequestDoor.TakePrefix);
        app.UseRouting();
        app.Use(RequestDoor.TurnAway);
        app.UseAuthentication();
        app.UseRateLimiter();
        app.UseAuthorization();
        app.UseMiddleware<ReadersLanguage>();
        app.UseMiddleware<RequestDoor>();
        app.UseAntiforgery();
        app.Use(RequestDoor.TakeKey);
        app.UseMiddleware<GoneForms>();

        app.MapStaticAssets().AllowAnonymous().WithMetadata(new AudienceMetadata(Audience.Everyone));
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false }).AllowAnonymous().WithMetadata(new AudienceMetadata(Audience.Everyone));
        app.MapHealthChecks("/health/ready", new HealthCheckOptions { Predicate = c => c.Tags.Contains("ready") }).AllowAnonymous().WithMetadata(new AudienceMetadata(Audience.Everyone));
        app.MapOpenApi("/openapi/{documentName}.json").AllowAnonymous().WithMetadata(new AudienceMetadata(Audience.Everyone));
        app.MapModules(Modules.All);
        var pages = app.MapRazorComponents<App>().AddAdditionalAssemblies([.. Modules.All.Select(m => m.Assembly).Where(a => a != typeof(App).Assembly)]);
        // Ui has one page, the gallery of its parts.
        if (app.Environment.IsDevelopment()) pages.AddAdditionalAssemblies(typeof(Ui.PatientLayout).Assembly);
        app.UseSwaggerUI(ui =>
        {
            ui.RoutePrefix = "api/docs";
            ui.SwaggerEndpoint("/openapi/v1.json", "v1");
            ui.DocumentTitle = "Patient portal API";
        });
        // Swagger's pages stand before the routes; what it doesn't have is not found.
        app.Map("/api/docs/{**rest}", () => Outcome.NotFound.ToHttp()).AllowAnonymous().WithMetadata(new AudienceMetadata(Audience.Everyone)).ExcludeFromDescription();
        EndpointsOnce.In(app);
    }
}
