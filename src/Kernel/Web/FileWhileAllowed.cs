using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using PatientPortal.Kernel.Access;

namespace PatientPortal.Kernel.Web;

/// <summary>
/// A file about the patient of this request. A proxy whose access ends in the middle of a download gets no more of it (R28): the connection breaks off, so
/// that nobody takes the part for the whole.
/// </summary>
/// <param name="Scope">What a proxy needs for it.</param>
public sealed record FileWhileAllowed(byte[] Bytes, string ContentType, string Name, string Scope) : IResult
{
    /// <summary>How much leaves between two looks at whether its reader may still have it.</summary>
    const int Piece = 64 << 10;

    public Task ExecuteAsync(HttpContext httpContext)
    {
        if (Bytes.Length <= Piece || httpContext.RequestServices.GetRequiredService<RequestScope>() is not { Patient: { IsSelf: false, Relation: not "staff" } patient, Actor: var actor })
            return Results.Bytes(Bytes, ContentType, Name).ExecuteAsync(httpContext);
        httpContext.Response.ContentLength = Bytes.Length;
        return Results.Stream(body => Send(httpContext, actor, patient, body), ContentType, Name).ExecuteAsync(httpContext);
    }

    async Task Send(HttpContext http, Actor actor, CurrentPatient patient, Stream body)
    {
        for (var at = 0; at < Bytes.Length; at += Piece)
        {
            // Asked anew each time: what this request already knows of the grant is from its beginning.
            await using (var own = http.RequestServices.CreateAsyncScope())
                if (at > 0 && (await own.ServiceProvider.GetRequiredService<IPatientDoor>().Open(actor, patient.Id, http.RequestAborted))?.Allows(Scope) is not true)
                {
                    http.Abort();
                    return;
                }
            await body.WriteAsync(Bytes.AsMemory(at, Math.Min(Piece, Bytes.Length - at)), http.RequestAborted);
            await body.FlushAsync(http.RequestAborted);
        }
    }
}
