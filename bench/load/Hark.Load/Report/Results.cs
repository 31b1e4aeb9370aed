using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using Hark.Domain.Common;

namespace Hark.Load.Report;

/// <summary>The lines of a run: printed as one table, written as JSON.</summary>
internal sealed class Results(LoadOptions options)
{
    private readonly List<Line> _lines = [];
    private readonly long _started = TimeProvider.System.GetTimestamp();

    public void Add(Line line) => _lines.Add(line);

    public void Print(TextWriter to)
    {
        string[] head = ["", "Hark", "limit", "ratio", "aim", "met"];
        var rows = _lines.ConvertAll(l => new[]
        {
            l.Name, l.Measured, l.Limit, l.Ratio is { } r ? r.ToString("0.00", CultureInfo.InvariantCulture) : "", l.Aim,
            l.Met switch { true => "yes", false => "NO", null => "" },
        });
        var widths = head.Select((h, i) => rows.Select(r => r[i].Length).Append(h.Length).Max()).ToArray();
        string Row(IReadOnlyList<string> cells) => "| " + string.Join(" | ", cells.Select((c, i) => i is 0 or 5 ? c.PadRight(widths[i]) : c.PadLeft(widths[i]))) + " |";
        to.WriteLine();
        to.WriteLine(Row(head));
        to.WriteLine("|" + string.Join("|", widths.Select(w => new string('-', w + 2))) + "|");
        foreach (var row in rows) to.WriteLine(Row(row));
        to.WriteLine();
        foreach (var line in _lines.Where(l => l.Note is not null)) to.WriteLine($"{line.Name}: {line.Note}");
        to.WriteLine($"{Machine()}; {(options.Short ? "short" : "full")} form, {TimeProvider.System.GetElapsedTime(_started).TotalSeconds:0} s");
    }

    public async Task WriteAsync(string file)
    {
        var document = new
        {
            At = TimeProvider.System.GetUtcNow(),
            Machine = Machine(),
            options.Short,
            Scale = options.TimeScale,
            Seconds = TimeProvider.System.GetElapsedTime(_started).TotalSeconds,
            Lines = _lines,
        };
        await File.WriteAllTextAsync(file, JsonSerializer.Serialize(document, HarkJson.Options));
    }

    private static string Machine() => string.Create(CultureInfo.InvariantCulture,
        $"{Environment.ProcessorCount} cores, {RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}");
}
