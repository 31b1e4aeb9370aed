using Hark.Domain.Understanding;

namespace Hark.Domain.Tests.Understanding;

/// <summary>The shipped models, read once.</summary>
internal static class Models
{
    public static Understander Shipped { get; } = Understander.Shipped();
}
