using Xunit;

namespace Hark.Testing;

/// <summary>What a test needs of the machine.</summary>
public static class Needs
{
    /// <summary>Skips the test with the reason; with <c>CI=true</c>, where everything has to be there, fails it.</summary>
    public static void Missing(string why)
    {
        if (string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase)) Assert.Fail(why);
        Assert.Skip(why);
    }
}
