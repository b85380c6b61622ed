using System.Globalization;
using System.Text;

namespace PatientPortal.Benchmarks;

/// <summary>Requests as the bytes that go over the wire.</summary>
internal static class Request
{
    public static byte[] Get(string path, string? bearer = null, string? cookie = null, string accept = "application/json") =>
        Encoding.UTF8.GetBytes($"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: {accept}\r\n{Who(bearer, cookie)}\r\n");

    public static byte[] Post(string path, string body, string? bearer = null, string? key = null) =>
        Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture,
            $"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: application/json\r\nContent-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n{(key is null ? "" : $"Idempotency-Key: {key}\r\n")}{Who(bearer, null)}\r\n{body}"));

    public static byte[] Form(string path, string body, string? cookie) =>
        Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture,
            $"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nOrigin: http://127.0.0.1\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n{Who(null, cookie)}\r\n{body}"));

    static string Who(string? bearer, string? cookie) =>
        (bearer is null ? "" : $"Authorization: Bearer {bearer}\r\n") + (cookie is null ? "" : $"Cookie: {cookie}\r\n");
}
