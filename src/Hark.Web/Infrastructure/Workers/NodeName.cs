using Hark.Domain.Common;

namespace Hark.Web.Infrastructure.Workers;

/// <summary>This process, as it appears in leases: the machine for people, an id because a restarted node is another one.</summary>
public sealed record NodeName(string Value)
{
    public static NodeName New(TimeProvider time) => new($"{Environment.MachineName}/{time.NewId():N}");
}
