using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Exporters.Json;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace Hark.Bench;

/// <summary>How benchmarks run: in this process, so that they run from a clean clone without building a project of their own.</summary>
internal static class BenchConfig
{
    /// <summary>Times and allocations.</summary>
    public static IConfig Times { get; } = DefaultConfig.Instance.AddDiagnoser(MemoryDiagnoser.Default)
        .AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance)).AddExporter(JsonExporter.Brief);

    /// <summary>Allocations only: few runs, because they are the same every time; silent.</summary>
    public static IConfig Allocations { get; } = ManualConfig.CreateEmpty().AddDiagnoser(MemoryDiagnoser.Default).AddColumnProvider(DefaultColumnProviders.Instance)
        .AddLogger(NullLogger.Instance).WithOptions(ConfigOptions.DisableLogFile)
        .AddJob(Job.Default.WithToolchain(InProcessEmitToolchain.Instance).WithWarmupCount(1).WithIterationCount(1).WithInvocationCount(64).WithUnrollFactor(16));
}
