using System.Buffers.Binary;
using System.Buffers.Text;
using System.Formats.Cbor;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace PatientPortal.Identity.Tests;

/// <summary>
/// A browser and an authenticator in one (WebAuthn level 3, sections 5.8.1, 6.1, 6.5): one ES256 key, and every knob that an attacker would turn.
/// </summary>
sealed class SoftAuthenticator
{
    readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    readonly byte[] id = RandomNumberGenerator.GetBytes(32);
    string? userHandle;

    public uint Count { get; set; } = 1;
    public bool Verifies { get; set; } = true;
    public string Origin { get; set; } = "https://localhost";

    /// <summary>For which site the authenticator signs; null for the one it is asked for.</summary>
    public string? Site { get; set; }
    public bool Tampers { get; set; }
    public string? SaysToBe { get; set; }

    public JsonObject Create(JsonElement options)
    {
        userHandle = options.GetProperty("user").GetProperty("id").GetString();
        var data = AuthenticatorData(Site ?? options.GetProperty("rp").GetProperty("id").GetString()!, attested: true);
        var cbor = new CborWriter(CborConformanceMode.Ctap2Canonical);
        cbor.WriteStartMap(3);
        cbor.WriteTextString("fmt");
        cbor.WriteTextString("none");
        cbor.WriteTextString("attStmt");
        cbor.WriteStartMap(0);
        cbor.WriteEndMap();
        cbor.WriteTextString("authData");
        cbor.WriteByteString(data);
        cbor.WriteEndMap();
        return Said(new()
        {
            ["clientDataJSON"] = Base64Url.EncodeToString(ClientData("webauthn.create", options)), ["attestationObject"] = Base64Url.EncodeToString(cbor.Encode()),
            ["transports"] = new JsonArray("internal"),
        });
    }

    public JsonObject Get(JsonElement options)
    {
        var data = AuthenticatorData(Site ?? options.GetProperty("rpId").GetString()!, attested: false);
        var client = ClientData("webauthn.get", options);
        var signature = key.SignData([.. data, .. SHA256.HashData(client)], HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        if (Tampers) data[^1] ^= 1;
        return Said(new()
        {
            ["clientDataJSON"] = Base64Url.EncodeToString(client), ["authenticatorData"] = Base64Url.EncodeToString(data),
            ["signature"] = Base64Url.EncodeToString(signature), ["userHandle"] = SaysToBe ?? userHandle,
        });
    }

    public string? UserHandle => userHandle;

    JsonObject Said(JsonObject response) => new()
    {
        ["id"] = Base64Url.EncodeToString(id), ["rawId"] = Base64Url.EncodeToString(id), ["type"] = "public-key", ["clientExtensionResults"] = new JsonObject(), ["response"] = response,
    };

    byte[] ClientData(string type, JsonElement options) => Encoding.UTF8.GetBytes(new JsonObject
    {
        ["type"] = type, ["challenge"] = options.GetProperty("challenge").GetString(), ["origin"] = Origin, ["crossOrigin"] = false,
    }.ToJsonString());

    byte[] AuthenticatorData(string site, bool attested)
    {
        var data = new List<byte>(SHA256.HashData(Encoding.UTF8.GetBytes(site))) { (byte)(0x01 | (Verifies ? 0x04 : 0) | (attested ? 0x40 : 0)) };
        var count = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(count, Count);
        data.AddRange(count);
        if (!attested) return [.. data];
        data.AddRange(new byte[16]);
        data.AddRange([0, (byte)id.Length]);
        data.AddRange(id);
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        var cose = new CborWriter(CborConformanceMode.Ctap2Canonical);
        cose.WriteStartMap(5);
        cose.WriteInt32(1);
        cose.WriteInt32(2);
        cose.WriteInt32(3);
        cose.WriteInt32(-7);
        cose.WriteInt32(-1);
        cose.WriteInt32(1);
        cose.WriteInt32(-2);
        cose.WriteByteString(point.X!);
        cose.WriteInt32(-3);
        cose.WriteByteString(point.Y!);
        cose.WriteEndMap();
        data.AddRange(cose.Encode());
        return [.. data];
    }
}

static class PasskeyTalk
{
    public static async Task<(string Challenge, JsonElement Options)> Begin(this HttpClient client, string path)
    {
        var begun = await client.PostAsync(path, null);
        begun.StatusCode.ShouldBe(HttpStatusCode.OK);
        var json = await begun.Json();
        return (json.Text("challenge")!, json.GetProperty("options"));
    }

    public static async Task<HttpResponseMessage> AddPasskey(this HttpClient client, SoftAuthenticator device, string name = "My phone")
    {
        var (challenge, options) = await client.Begin("/api/v1/me/passkeys/begin");
        return await client.PostAsJsonAsync("/api/v1/me/passkeys", new { challenge, credential = device.Create(options), name });
    }

    public static async Task<SoftAuthenticator> HasPasskey(this HttpClient client, string name = "My phone")
    {
        var device = new SoftAuthenticator();
        (await client.AddPasskey(device, name)).StatusCode.ShouldBe(HttpStatusCode.Created);
        device.Count++;
        return device;
    }

    public static async Task<HttpResponseMessage> SignInWith(this PortalApp app, SoftAuthenticator device)
    {
        var client = app.Anonymous();
        var (challenge, options) = await client.Begin("/api/v1/sign-in/passkey/begin");
        var answer = await client.PostAsJsonAsync("/api/v1/sign-in/passkey", new { challenge, credential = device.Get(options) });
        device.Count++;
        return answer;
    }
}
