using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using PatientPortal.Messaging.Data;
using PatientPortal.Messaging.Data.Post;
using PatientPortal.Messaging.Domain;
using PatientPortal.Messaging.Reactions;

namespace PatientPortal.Messaging;

/// <summary>Conversations between patients and care teams, and every notice the portal sends.</summary>
public sealed class MessagingModule : IModule
{
    public string Name => "messaging";

    public void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        if (PortalAddress.Problem(configuration) is { } problem) throw new CannotStart(problem);

        services.AddModuleDb<MessagingDb>("messaging");
        services.AddSingleton<TeamBook>();
        services.AddScoped<ListedTeams>();
        services.AddSingleton<PortalAddress>();
        services.AddSingleton<NoticeBell>();
        services.AddScoped<NoticeDesk>();
        // Tests run jobs by hand, at times they set.
        if (configuration.GetValue("Portal:RunJobs", true)) services.AddHostedService<NoticeRounds>();
        services.AddSingleton<FolderPost>();
        services.AddSingleton<MailFolder>();
        if (SmtpSettings.Of(configuration) is { } smtp) services.AddSingleton(smtp).AddSingleton<IPost, SmtpPost>();
        else services.AddSingleton<IPost, FolderPost>();
    }
}
