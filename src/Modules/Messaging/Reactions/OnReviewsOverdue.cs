using MediatR;
using PatientPortal.Identity.Contracts;
using PatientPortal.Messaging.Data;
using PatientPortal.Messaging.Domain;

namespace PatientPortal.Messaging.Reactions;

/// <summary>Writes to a privacy officer that reviews are overdue, once a day however often the news comes. The mail says no number, no name and no reason.</summary>
sealed class OnReviewsOverdue(NoticeDesk desk, PortalAddress address) : INotificationHandler<ReviewsOverdue>
{
    public async Task Handle(ReviewsOverdue news, CancellationToken ct)
    {
        await desk.TellAccount(news.AccountId, news.Email, news.Language, NoticeKind.ReviewsOverdue, $"reviews-overdue:{news.Day:yyyy-MM-dd}", ct, $"{address.Value}/staff/break-glass");
        await desk.Save(ct);
    }
}
