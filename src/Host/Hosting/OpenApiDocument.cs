using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace PatientPortal.Host.Hosting;

/// <summary>What the OpenAPI document says beyond the routes themselves.</summary>
static class OpenApiDocument
{
    public static void Describe(OpenApiOptions options)
    {
        options.CreateSchemaReferenceId = type => OpenApiOptions.CreateDefaultSchemaReferenceId(type) is { } id ? Slice(type.Type) + id : null;
        // A converter hides from the document what it converts: texts are texts.
        options.AddSchemaTransformer((schema, context, _) =>
        {
            if (context.JsonTypeInfo.Type == typeof(string)) schema.Type ??= context.JsonPropertyInfo is { IsSetNullable: true } ? JsonSchemaType.String | JsonSchemaType.Null : JsonSchemaType.String;
            if (context.JsonTypeInfo.ElementType == typeof(string) && (schema.Items ??= new OpenApiSchema()) is OpenApiSchema items) items.Type ??= JsonSchemaType.String;
            return Task.CompletedTask;
        });
        options.AddOperationTransformer((operation, _, _) =>
        {
            foreach (var parameter in operation.Parameters?.OfType<OpenApiParameter>().Where(p => p.In is ParameterLocation.Query) ?? [])
                parameter.Name = System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(parameter.Name!);
            return Task.CompletedTask;
        });
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

    /// <summary>A body that stands inside its slice's API is called as any other slice's: its name begins with the slice's.</summary>
    static string Slice(Type type) => type.DeclaringType is { } api ? api.Name.EndsWith("Api", StringComparison.Ordinal) ? api.Name[..^3] : api.Name : "";
}
