using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace PatientPortal.Host.Hosting;

/// <summary>What the OpenAPI document says beyond the routes themselves.</summary>
static class OpenApiDocument
{
    public static void Describe(OpenApiOptions options)
    {
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new() { Title = "Patient portal", Version = "v1", Description = "Errors are problem details (RFC 9457) with a stable `code`. Lists have `items` and `next`." };
            document.Components ??= new();
            document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
            {
                ["bearer"] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "The accessToken of POST /api/v1/sign-in." },
            };
            document.Security = [new() { [new OpenApiSecuritySchemeReference("bearer", document)] = [] }];
            document.Servers?.Clear();
            return Task.CompletedTask;
        });
    }
}
