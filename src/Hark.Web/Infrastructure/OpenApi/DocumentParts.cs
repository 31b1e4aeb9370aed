using System.Text.Json.Nodes;
using Hark.Domain.Common;
using Hark.Web.Infrastructure.Problems;
using Hark.Web.Infrastructure.Settings;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Hark.Web.Infrastructure.OpenApi;

/// <summary>The parts of the description that belong to no single operation.</summary>
internal static class DocumentParts
{
    public const string ProblemResponse = "Problem", SourceKey = "source_key", Token = "personal_token";

    private static readonly Dictionary<string, string> Tags = new()
    {
        ["Account"] = "Who one is, and one's own tokens.",
        ["Audit"] = "Who changed or read what.",
        ["Cases"] = "The work that signals cause: acknowledged, acted on, verified.",
        ["Clocks"] = "What is owed to customers by when: policies, calendars, ladders.",
        ["Members"] = "People who work with Hark.",
        ["Numbers"] = "Counts, scores and times with their intervals.",
        ["Outbox"] = "Everything that is sent: e-mails and webhook events, with their attempts.",
        ["Signals"] = "What customers said, did or implied.",
        ["Sources"] = "Feeds of signals and their keys.",
        ["Teams"] = "Groups of people who own sources and cases.",
        ["Webhooks"] = "Where events are posted.",
    };

    public static Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellation)
    {
        document.Info = new OpenApiInfo
        {
            Title = "Hark",
            Version = "v1",
            Description = "Listens to customers on every channel and closes the loop. Lists are paged by `cursor`; errors are RFC 9457 problems with a `code` from a closed list.",
            License = new OpenApiLicense { Name = "Apache-2.0", Identifier = "Apache-2.0" },
            Contact = new OpenApiContact { Name = "The operator of this installation", Url = new Uri(context.ApplicationServices.GetRequiredService<HarkOptions>().PublicUrl) },
        };
        document.Servers = [new OpenApiServer { Url = context.ApplicationServices.GetRequiredService<HarkOptions>().PublicUrl, Description = "This installation" }];
        var used = document.Paths.Values.Where(p => p.Operations is not null).SelectMany(p => p.Operations!.Values).SelectMany(o => o.Tags?.Select(t => t.Name!) ?? []).Distinct();
        document.Tags = used.Order(StringComparer.Ordinal).Select(n => new OpenApiTag { Name = n, Description = Tags.GetValueOrDefault(n, n + ".") }).ToHashSet();
        document.AddComponent("Problem", ProblemSchema());
        document.AddComponent<IOpenApiResponse>(ProblemResponse, new OpenApiResponse
        {
            Description = "What went wrong and how to repair it.",
            Content = new Dictionary<string, OpenApiMediaType> { [Problem.ContentType] = new() { Schema = new OpenApiSchemaReference("Problem", document) } },
        });
        document.AddComponent<IOpenApiSecurityScheme>(SourceKey, Bearer("A source key: sends signals of one source and does nothing else."));
        document.AddComponent<IOpenApiSecurityScheme>(Token, Bearer("A personal token: does what its scope and its member's role both allow."));
        return Task.CompletedTask;
    }

    private static OpenApiSecurityScheme Bearer(string description) => new() { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = description };

    private static IOpenApiSchema ProblemSchema()
    {
        OpenApiSchema Text(string description) => new() { Type = JsonSchemaType.String, Description = description };
        var code = Text("From a closed list.");
        code.Enum = [.. ErrorCodes.All.Select(c => (JsonNode)c)];
        return new OpenApiSchema
        {
            Type = JsonSchemaType.Object,
            Description = "An error (RFC 9457).",
            Required = new HashSet<string> { "type", "title", "status", "detail", "code", "traceId" },
            Properties = new Dictionary<string, IOpenApiSchema>
            {
                ["type"] = Text("Always about:blank."),
                ["title"] = Text("The status in words."),
                ["status"] = new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int32" },
                ["detail"] = Text("How to repair it, in one sentence."),
                ["code"] = code,
                ["traceId"] = Text("By which the operator finds the request in logs and traces."),
                ["errors"] = new OpenApiSchema
                {
                    Type = JsonSchemaType.Object,
                    Description = "Reasons by JSON pointer, or by name of a query parameter.",
                    AdditionalProperties = new OpenApiSchema { Type = JsonSchemaType.Array, Items = new OpenApiSchema { Type = JsonSchemaType.String } },
                },
            },
        };
    }
}
