using System.Text.Json;
using BenchmarkDotNet.Running;
using Hark.Domain.Common;

namespace Hark.Bench;

/// <summary>
/// Allocated bytes per operation beside those stored in <c>allocations.json</c>. Unlike times they hardly depend on the machine, so a rise is a change of the code.
/// </summary>
internal static class AllocationCheck
{
    private const string File = "allocations.json";

    /// <summary>What may differ without being named: a twentieth, and a few objects.</summary>
    private const double Share = 0.05;
    private const long Bytes = 64;
    private static readonly JsonSerializerOptions Written = new() { WriteIndented = true };

    /// <summary>Prints every benchmark with its difference. Exit code 0; with <paramref name="strict"/> 1 when one differs by more than the tolerance.</summary>
    public static int Compare(bool strict)
    {
        var stored = JsonSerializer.Deserialize<Dictionary<string, long>>(System.IO.File.ReadAllText(Path.Combine(AppContext.BaseDirectory, File)), HarkJson.Options) ?? [];
        var measured = Measure();
        var differ = 0;
        foreach (var name in measured.Keys.Union(stored.Keys).Order(StringComparer.Ordinal))
        {
            var verdict = Verdict(stored.TryGetValue(name, out var before) ? before : null, measured.TryGetValue(name, out var now) ? now : null);
            if (verdict is not "same") differ++;
            Console.WriteLine($"{name,-70} {before,12:N0} {now,12:N0}  {verdict}");
        }
        Console.WriteLine(differ == 0 ? "All allocations are as stored." : $"{differ} differ from {File}; where that is meant, store them anew with --store-allocations.");
        return strict && differ > 0 ? 1 : 0;
    }

    public static int Store(string file)
    {
        System.IO.File.WriteAllText(file, JsonSerializer.Serialize(Measure(), Written) + "\n");
        return 0;
    }

    private static string Verdict(long? stored, long? measured) => (stored, measured) switch
    {
        (null, _) => "new",
        (_, null) => "gone",
        ({ } before, { } now) when Math.Abs(now - before) <= Math.Max(Bytes, before * Share) => "same",
        ({ } before, { } now) => now > before ? "MORE" : "less",
    };

    private static SortedDictionary<string, long> Measure()
    {
        var found = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var report in BenchmarkRunner.Run(typeof(AllocationCheck).Assembly, BenchConfig.Allocations).SelectMany(s => s.Reports))
        {
            var target = report.BenchmarkCase.Descriptor;
            var parameters = report.BenchmarkCase.Parameters.DisplayInfo;
            if (report.GcStats.GetBytesAllocatedPerOperation(report.BenchmarkCase) is { } bytes)
                found[$"{target.Type.Name}.{target.WorkloadMethod.Name}{(parameters.Length > 0 ? " " + parameters : "")}"] = bytes;
        }
        return found;
    }
}
