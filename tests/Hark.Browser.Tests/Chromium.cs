using Microsoft.Playwright;
using Xunit;

namespace Hark.Browser.Tests;

/// <summary>
/// The browser of this test process: the one that <c>HARK_TEST_CHROMIUM</c> names, else Debian's. Without one a test is skipped and says why; with <c>CI=true</c>
/// it fails.
/// </summary>
internal static class Chromium
{
    private const string Variable = "HARK_TEST_CHROMIUM", Usual = "/usr/bin/chromium";
    private static readonly Lazy<Task<IBrowser>> Started = new(StartAsync);

    public static async Task<IBrowser> GetAsync()
    {
        if (File.Exists(Path)) return await Started.Value;
        var why = $"There is no Chromium at {Path}; install it, or name it in {Variable}.";
        if (Environment.GetEnvironmentVariable("CI") == "true") Assert.Fail(why);
        Assert.Skip(why);
        return null!;
    }

    private static string Path => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named ? named : Usual;

    private static async Task<IBrowser> StartAsync()
    {
        var playwright = await Playwright.CreateAsync();
        // Tests run as root in containers, where the sandbox of Chromium cannot be made.
        return await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Path, Args = ["--no-sandbox"] });
    }
}
