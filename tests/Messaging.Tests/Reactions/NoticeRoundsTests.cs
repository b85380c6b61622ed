using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using PatientPortal.Kernel.Jobs;
using PatientPortal.Messaging.Data;
using PatientPortal.Messaging.Reactions;
using PatientPortal.Testing;
using Shouldly;
using Xunit;

namespace PatientPortal.Messaging.Tests.Reactions;

public sealed class NoticeRoundsTests(PortalApp app) : IClassFixture<PortalApp>
{
    [Fact]
    public async Task a_round_that_breaks_is_logged_and_does_not_end_the_portal()
    {
        var (bell, log) = (new NoticeBell(), new Hears());
        // Without any job this runner throws whenever it is asked, as one does whose database is away.
        var broken = new JobRunner([], app.Database, app.Services.GetRequiredService<IServiceScopeFactory>(), app.Clock, NullLogger<JobRunner>.Instance);
        using var rounds = new NoticeRounds(bell, broken, log);
        await rounds.StartAsync(CancellationToken.None);

        bell.Ring();

        (await log.Heard.Task.WaitAsync(TimeSpan.FromSeconds(30))).ShouldContain("InvalidOperationException");
        rounds.ExecuteTask!.IsCompleted.ShouldBeFalse();
        await rounds.StopAsync(CancellationToken.None);
        rounds.ExecuteTask.IsCompletedSuccessfully.ShouldBeTrue();
    }

    sealed class Hears : ILogger<NoticeRounds>
    {
        public TaskCompletionSource<string> Heard { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Heard.TrySetResult(formatter(state, exception));
    }
}
