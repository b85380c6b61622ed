using PatientPortal.Identity.Data;

namespace PatientPortal.Identity.ForMembers.SignOut;

/// <summary>The session ends here and now; its tokens open nothing any more, and the browser forgets what it kept.</summary>
sealed record SignOutRequest;

sealed class SignOutHandler(IdentityDb db, Sessions sessions, RequestScope scope) : IHandle<SignOutRequest, Done>
{
    public async Task<Outcome<Done>> Handle(SignOutRequest ask, CancellationToken ct)
    {
        if (scope.Actor.IsSignedIn) await db.InTransaction(() => sessions.End(scope.Actor.SessionId, "signed_out", ct), ct);
        return default(Done);
    }
}

sealed class SignOutApi : IMemberApi
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/sign-out", async (HttpContext http, IHandle<SignOutRequest, Done> signOut, CancellationToken ct) =>
            {
                http.Response.Headers["Clear-Site-Data"] = "\"cache\", \"cookies\", \"storage\"";
                return (await signOut.Handle(new(), ct)).ToHttp(_ => Results.NoContent());
            })
           .WithMetadata(new EndsSupportViewAttribute()).WithName("SignOut").Produces(204);
}
