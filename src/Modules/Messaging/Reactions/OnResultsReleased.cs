using MediatR;
using PatientPortal.Messaging.Data;
using PatientPortal.Messaging.Domain;
using PatientPortal.Records.Contracts;

namespace PatientPortal.Messaging.Reactions;

/// <summary>One notice a batch, and it does not say that it is about results.</summary>
sealed class OnResultsReleased(NoticeDesk desk) : INotificationHandler<ResultsReleased>
{
    public async Task Handle(ResultsReleased news, CancellationToken ct)
    {
        await desk.Tell(news.PatientId, NoticeKind.Results, $"results-released:{news.BatchId}", ct);
        await desk.Save(ct);
    }
}
