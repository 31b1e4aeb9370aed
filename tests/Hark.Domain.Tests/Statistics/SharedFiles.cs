using Xunit;

namespace Hark.Domain.Tests.Statistics;

/// <summary>Rows of published data that are not part of the repository; the test is skipped, visibly, where they are not there.</summary>
internal static class SharedFiles
{
    /// <summary>Fields of the lines after the header, split at commas, quotation marks taken off.</summary>
    public static string[][] Rows(string file)
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "Hark.slnx"))) root = root.Parent;
        var path = Path.Combine(Environment.GetEnvironmentVariable("HARK_DATA") ?? Path.Combine(root?.FullName ?? "", "..", "shared", "data"), file);
        Assert.SkipUnless(File.Exists(path), $"the data folder is not there: set HARK_DATA (looked for {file})");
        return [.. File.ReadLines(path).Skip(1).Where(l => l.Length > 0).Select(l => l.Split(',').Select(f => f.Trim('"')).ToArray())];
    }
}
