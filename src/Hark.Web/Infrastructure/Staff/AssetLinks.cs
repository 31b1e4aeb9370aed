using Microsoft.AspNetCore.Components;

namespace Hark.Web.Infrastructure.Staff;

/// <summary>
/// Addresses of static files with the fingerprint of their content, so that browsers may keep them for ever. Pages and fragments ask here, for the framework
/// gives its own list only to routed pages.
/// </summary>
public sealed class AssetLinks(EndpointDataSource endpoints)
{
    private readonly Lazy<ResourceAssetCollection?> _assets = new(() =>
        endpoints.Endpoints.Select(e => e.Metadata.GetMetadata<ResourceAssetCollection>()).FirstOrDefault(a => a is not null));

    /// <param name="path">Below wwwroot, such as <c>css/hark.css</c>.</param>
    public string this[string path] => "/" + (_assets.Value?[path] ?? path);
}
