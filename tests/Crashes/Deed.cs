using System.Net.Http.Headers;
using System.Text;

namespace PatientPortal.Crashes;

/// <summary>Something asked of the portal, with a key that makes asking again safe. Without an answer nobody knows whether it was done.</summary>
/// <param name="mark">Found nowhere else: what the deed left behind can be counted by it.</param>
internal sealed class Deed(Person who, string path, string body, string contentType, string key, string mark)
{
    public Person Who => who;
    public string Mark => mark;

    /// <summary>The status of the answer; null while there is none.</summary>
    public int? Status { get; private set; }

    public string Answer { get; private set; } = "";

    public bool IsAcknowledged => Status is >= 200 and < 300;

    /// <summary>Asks, or asks again; a crash in between leaves it without an answer.</summary>
    /// <returns>What is wrong: an acknowledged deed that is answered differently.</returns>
    public async Task<string?> Ask(CancellationToken ct)
    {
        var content = new StringContent(body, Encoding.UTF8);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        var (status, answer) = await who.Post(path, content, key, ct);
        var before = (Status, Answer);
        (Status, Answer) = (status, answer);
        if (before.Status is null) return null;
        return before.Status == status && before.Answer == answer ? null : $"{mark}: asked again, {before.Status} became {status}: {Short(before.Answer)} / {Short(answer)}";
    }

    static string Short(string text) => text.Length > 300 ? text[..300] : text;

    /// <summary>The same under another key: for the portal a new request.</summary>
    public Deed Anew(string otherKey) => new(who, path, body, contentType, otherKey, mark);
}

/// <summary>One kind of thing that goes on while the portal is killed.</summary>
internal interface IWork
{
    string Name { get; }

    IReadOnlyCollection<Deed> Deeds { get; }

    /// <summary>Does one thing after another until the portal is gone.</summary>
    Task Go(CancellationToken ct);

    /// <summary>What is missing or doubled of these deeds.</summary>
    Task<IReadOnlyList<string>> Check(IReadOnlyCollection<Deed> deeds, CancellationToken ct);
}
