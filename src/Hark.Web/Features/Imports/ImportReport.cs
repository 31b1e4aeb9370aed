using System.Text.Json;
using Hark.Domain.Common;
using Hark.Domain.Signals;
using Hark.Web.Commands;

namespace Hark.Web.Features.Imports;

/// <summary>Tells a person or a program what an import came to.</summary>
internal static class ImportReport
{
    /// <summary>More are in the rejects file.</summary>
    private const int ShownRejects = 10;

    public static async Task WriteAsync(Terminal terminal, ImportSummary summary, bool json, bool dryRun)
    {
        if (json)
        {
            await terminal.Out.WriteLineAsync(CanonicalJson.Write(WriteJson, (summary, dryRun)));
            return;
        }
        if (dryRun)
        {
            await terminal.Out.WriteLineAsync("The first records as they would be stored:");
            foreach (var sample in summary.Samples) await terminal.Out.WriteLineAsync(SignalDraftWriter.ToJson(sample));
        }
        foreach (var line in Lines(summary, dryRun)) await terminal.Out.WriteLineAsync(line);
    }

    private static IEnumerable<string> Lines(ImportSummary summary, bool dryRun)
    {
        var counts = summary.Counts;
        foreach (var reject in summary.Rejects.Take(ShownRejects)) yield return $"line {reject.Line}: {reject.Reason}";
        if (counts.Rejected > ShownRejects) yield return $"… and {counts.Rejected - ShownRejects} more";
        if (summary.Broken is { } broken) yield return $"The file could not be read past line {broken.Line}: {broken.Reason}. Everything before it was taken.";
        if (summary.ResumedAt > 0) yield return $"Went on after {summary.ResumedAt} records that an earlier run had done.";
        yield return $"read {counts.Read}, {(dryRun ? "would be stored" : "stored")} {counts.Stored}, duplicates {counts.Duplicates}, updated {counts.Updated}, rejected {counts.Rejected}, skipped {counts.Skipped}";
        if (summary.WithoutId) yield return "Some records had no id of their own and got one from their content and place: reading this file again stores nothing twice, a reordered export would.";
        if (summary.RejectsFile is { } file) yield return $"Rejected records are in {file}.";
        if (summary.Interrupted) yield return "Interrupted. Run the same command again to go on.";
        if (dryRun) yield return "Dry run: nothing was stored.";
    }

    private static void WriteJson(Utf8JsonWriter json, (ImportSummary Summary, bool DryRun) report)
    {
        var (summary, counts) = (report.Summary, report.Summary.Counts);
        json.WriteStartObject();
        json.WriteNumber("read", counts.Read);
        json.WriteNumber("stored", counts.Stored);
        json.WriteNumber("duplicates", counts.Duplicates);
        json.WriteNumber("updated", counts.Updated);
        json.WriteNumber("rejected", counts.Rejected);
        json.WriteNumber("skipped", counts.Skipped);
        json.WriteNumber("resumed_at", summary.ResumedAt);
        json.WriteBoolean("interrupted", summary.Interrupted);
        json.WriteBoolean("dry_run", report.DryRun);
        json.WriteStartArray("rejects");
        foreach (var reject in summary.Rejects) WriteReject(json, reject);
        json.WriteEndArray();
        json.WritePropertyName("broken");
        if (summary.Broken is { } broken) WriteReject(json, broken);
        else json.WriteNullValue();
        json.WriteString("rejects_file", summary.RejectsFile);
        if (report.DryRun)
        {
            json.WriteStartArray("samples");
            foreach (var sample in summary.Samples) SignalDraftWriter.Write(json, sample);
            json.WriteEndArray();
        }
        json.WriteEndObject();
    }

    private static void WriteReject(Utf8JsonWriter json, Reject reject)
    {
        json.WriteStartObject();
        json.WriteNumber("line", reject.Line);
        json.WriteNumber("record", reject.Record);
        json.WriteString("reason", reject.Reason);
        json.WriteEndObject();
    }
}
