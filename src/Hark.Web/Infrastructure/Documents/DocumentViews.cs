using System.Text.Json;
using Hark.Data.Model;

namespace Hark.Web.Infrastructure.Documents;

/// <summary>A document in one version.</summary>
/// <param name="Version">0 for the defaults of a workspace that never changed it. Send it back in <c>If-Match</c>.</param>
public sealed record DocumentView(long Version, DateTimeOffset? CreatedAt, string? CreatedBy, JsonElement Document)
{
    public static DocumentView Of(ConfigDocument d) => new(d.Version, d.CreatedAt, d.CreatedBy, JsonElement.Parse(d.Document));
}

/// <summary>A version without its text.</summary>
public sealed record VersionView(long Version, DateTimeOffset CreatedAt, string CreatedBy);
