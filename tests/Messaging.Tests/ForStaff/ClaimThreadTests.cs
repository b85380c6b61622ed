using System.Net;
using PatientPortal.Testing;
using Shouldly;
using Xunit;

namespace PatientPortal.Messaging.Tests.ForStaff;

public sealed class ClaimThreadTests(PortalApp app) : IClassFixture<PortalApp>
{
    [Fact]
    public async Task two_claim_at_once_and_one_wins_and_the_other_is_told_by_whom()
    {
        var (maria, nurse, lee) = (await app.SignInAs("maria"), await app.SignInAs("nurse"), await app.SignInAs("drlee"));
        for (var round = 0; round < 10; round++)
        {
            var path = $"/api/v1/staff/threads/{await maria.Ask(subject: $"Round {round}")}/claim";
            var answers = await Task.WhenAll(nurse.Post(path, new { }), lee.Post(path, new { }), nurse.Post(path, new { }));
            var winner = answers.First(a => a.StatusCode is HttpStatusCode.OK);
            var by = (await winner.Json()).Text("claimedBy");
            foreach (var loser in answers.Where(a => a.StatusCode is not HttpStatusCode.OK))
            {
                if (loser.StatusCode is HttpStatusCode.PreconditionFailed) continue; // the winner's own second click
                var problem = await loser.Problem(HttpStatusCode.Conflict, "already_claimed");
                problem.Text("detail").ShouldContain(by);
                problem.GetProperty("alternatives").Text("claimedBy").ShouldBe(by);
            }
            answers.Count(a => a.StatusCode is HttpStatusCode.Conflict).ShouldBeGreaterThan(0);
        }
    }

    [Fact]
    public async Task claiming_again_changes_nothing_and_a_colleague_may_take_over()
    {
        var (maria, nurse, lee) = (await app.SignInAs("maria"), await app.SignInAs("nurse"), await app.SignInAs("drlee"));
        var path = $"/api/v1/staff/threads/{await maria.Ask()}/claim";
        (await nurse.PostAsync(path, null)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await nurse.Post(path, new { })).StatusCode.ShouldBe(HttpStatusCode.OK);
        var by = (await (await lee.Post(path, new { })).Problem(HttpStatusCode.Conflict, "already_claimed")).GetProperty("alternatives").Text("claimedById");
        (await (await lee.PostAsync($"{path}?takeOverFrom={by}", null)).Json()).Text("claimedBy").ShouldBe("Dr. Hannah Lee");
    }

    [Fact]
    public async Task one_that_is_not_there_is_not_found_and_patients_cannot_claim()
    {
        var (maria, nurse) = (await app.SignInAs("maria"), await app.SignInAs("nurse"));
        (await nurse.Post($"/api/v1/staff/threads/{Guid.CreateVersion7()}/claim", new { })).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await maria.Post($"/api/v1/staff/threads/{await maria.Ask()}/claim", new { })).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }
}
