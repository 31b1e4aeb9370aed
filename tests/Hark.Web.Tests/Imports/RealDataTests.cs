using Hark.Domain.Signals;
using Hark.Domain.Signals.Mapping;
using Hark.Testing;
using Hark.Web.Features.Imports;
using Hark.Web.Features.Imports.Reading;
using Xunit;

namespace Hark.Web.Tests.Imports;

/// <summary>The mappings in docs/imports on the real data they were made for: every record is accepted and the published figures come out.</summary>
public sealed class RealDataTests
{
    private static readonly string Root = FindRoot();

    [Fact]
    public async Task Olist_reviews_are_joined_with_their_orders()
    {
        var all = await ReadAsync("olist_a/olist_order_reviews_dataset.csv", "olist_reviews", 2993, 2993);
        Assert.Equal(4.0698, Mean(all), 4);
        Assert.Equal((2710, 4.2683), (Tagged(all, "on_time").Count, Math.Round(Mean(Tagged(all, "on_time")), 4)));
        Assert.Equal((193, 2.2850), (Tagged(all, "late").Count, Math.Round(Mean(Tagged(all, "late")), 4)));
        Assert.All(all, s => Assert.NotNull(s.Contact!.Id));

        var last = await ReadAsync("olist_a/olist_order_reviews_dataset.csv", "olist_orders", 2993, 2979);
        Assert.Equal((2699, 4.268), (Tagged(last, "on_time").Count, Math.Round(Mean(Tagged(last, "on_time")), 3)));
        Assert.Equal((191, 2.277), (Tagged(last, "late").Count, Math.Round(Mean(Tagged(last, "late")), 3)));
    }

    [Fact]
    public async Task Incidents_are_taken_as_they_ended()
    {
        var all = await ReadAsync("uci_incidents/incident_event_log_4000.csv", "uci_incidents", 23125, 4000);
        Assert.Equal((2418, 47, 1936), (all.Count(s => s.Rating!.Value == 1), Tagged(all, "reopened").Count, Tagged(all, "reassigned").Count));
        Assert.Equal(155.60, Median(all, "hours_to_close"), 2);
        Assert.Equal(24.90, Median(all, "hours_to_resolve"), 2);
        Assert.Equal((29, 68, 3771, 132), (Tagged(all, "priority_1").Count, Tagged(all, "priority_2").Count, Tagged(all, "priority_3").Count, Tagged(all, "priority_4").Count));
    }

    [Fact]
    public async Task City_requests_keep_their_due_dates()
    {
        var all = await ReadAsync("baltimore_311/311_sample.csv", "baltimore_311", 10000, 10000);
        Assert.Equal((9555, 7988), (all.Count(s => s.Rating is not null), all.Count(s => s.Rating?.Value == 1)));
        Assert.Equal((7988, 1567), (Tagged(all, "on_time").Count, Tagged(all, "late").Count));
    }

    [Fact]
    public async Task Complaints_keep_their_words()
    {
        var all = await ReadAsync("cfpb_complaints/complaints_sample.csv", "cfpb_complaints", 6623, 6623);
        Assert.Equal((1532, 6529, 94), (all.Count(s => s.Text is not null), Tagged(all, "timely").Count, Tagged(all, "untimely").Count));
        Assert.Equal((5143, 482, 2), (all.Count(s => s.Channel == Channel.Web), all.Count(s => s.Channel == Channel.Call), all.Count(s => s.Channel == Channel.Email)));
    }

    private static async Task<List<SignalDraft>> ReadAsync(string data, string mapping, int read, int stored)
    {
        var folder = Environment.GetEnvironmentVariable("HARK_DATA") ?? Path.Combine(Root, "..", "shared", "data");
        var path = Path.Combine(folder, data);
        Assert.SkipUnless(File.Exists(path), $"the data folder is not there: set HARK_DATA (looked for {data})");
        var sink = new CheckingSink();
        var document = SignalMapping.Parse(await File.ReadAllBytesAsync(Path.Combine(Root, "docs", "imports", mapping + ".json"), TestContext.Current.CancellationToken)).Value;
        var result = await new ImportRunner(sink, new NoCheckpoint()).RunAsync(new ImportJob(ImportFile.FromPath(path), document, null), TestContext.Current.CancellationToken);
        Assert.True(result.Ok, string.Join("; ", result.Error?.Fields?.SelectMany(f => f.Value) ?? []));
        var counts = result.Value.Counts;
        Assert.True(counts.Rejected == 0, string.Join("\n", result.Value.Rejects.Take(5)));
        Assert.Equal((read, stored, read - stored), (counts.Read, counts.Stored, counts.Skipped));
        Assert.False(result.Value.WithoutId);
        return sink.Drafts;
    }

    private static List<SignalDraft> Tagged(List<SignalDraft> signals, string tag) => [.. signals.Where(s => s.Tags.Contains(tag))];

    private static double Mean(List<SignalDraft> signals) => signals.Average(s => s.Rating!.Value!.Value);

    private static double Median(List<SignalDraft> signals, string attribute)
    {
        var values = signals.Select(s => s.Attributes.TryGetValue(attribute, out var v) ? v.Number : null).OfType<double>().Order().ToList();
        return (values[(values.Count - 1) / 2] + values[values.Count / 2]) / 2;
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Hark.slnx"))) folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("The tests do not run inside the repository.");
    }

    /// <summary>Checks every record as the intake does and keeps the drafts.</summary>
    private sealed class CheckingSink : IImportSink
    {
        private static readonly DateTimeOffset Now = new(2026, 11, 22, 0, 0, 0, TimeSpan.Zero);
        private readonly DryRunSink _check = new(new SignalPreparer([]), new SignalOrigin(Guid.Empty, Guid.Empty, "s", Channel.Web, SignalKind.Direct, null, null) { IsHistory = true }, new ManualTime(Now));

        public List<SignalDraft> Drafts { get; } = [];

        public Task<Data.Intake.BatchOutcome> SubmitAsync(IReadOnlyList<SignalRecord> records)
        {
            Drafts.AddRange(records.Select(r => r.Draft));
            return _check.SubmitAsync(records);
        }
    }
}
