namespace Hark.Load;

/// <summary>Which stores are measured.</summary>
internal enum StoreChoice { Both, Sqlite, PostgreSql }

/// <summary>How large a run is: the aims' own sizes, or a tenth to a hundredth of them so that the whole run takes minutes.</summary>
internal sealed record LoadOptions
{
    public bool Short { get; init; }
    public StoreChoice Store { get; init; }

    /// <summary>Where the results go as JSON; null for nowhere.</summary>
    public string? Json { get; init; }

    /// <summary>The sections that run; empty for all.</summary>
    public IReadOnlyList<string> Only { get; init; } = [];

    /// <summary>A built Hark (the program or its folder); null to publish one first.</summary>
    public string? Hark { get; init; }

    /// <summary>Multiplies every time and size; below 1 only to try the program out.</summary>
    public double TimeScale { get; init; } = 1;

    /// <summary>How long one load is measured, after its warm-up.</summary>
    public TimeSpan Measure => Scaled(TimeSpan.FromSeconds(Short ? 4 : 15));
    public TimeSpan WarmUp => Scaled(TimeSpan.FromSeconds(Short ? 2 : 5));

    public int Contacts => Scaled(200_000);

    /// <summary>Signals stored before the first and before the second look at metrics and ingest rate.</summary>
    public int FewSignals => Scaled(100_000);
    public int ManySignals => Scaled(Short ? 1_000_000 : 10_000_000);
    public int Cases => Scaled(Short ? 50_000 : 1_000_000);
    public int OpenCases => Scaled(Short ? 5_000 : 100_000);

    /// <summary>What the pages of the staff are looked at over: the sizes that UI.md names.</summary>
    public int PageSignals => Scaled(1_000_000);
    public int PageCases => Scaled(100_000);

    /// <summary>Signals sent before the memory is read.</summary>
    public int MemorySignals => Scaled(Short ? 100_000 : 1_000_000);
    public int DueClocks => Math.Min(10_000, OpenCases * 2);

    private TimeSpan Scaled(TimeSpan time) => TimeScale >= 1 ? time : TimeSpan.FromSeconds(Math.Max(1, time.TotalSeconds * TimeScale));

    private int Scaled(int count) => TimeScale >= 1 ? count : Math.Max(1_000, (int)(count * TimeScale));
}
