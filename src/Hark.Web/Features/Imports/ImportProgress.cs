using System.Globalization;
using Hark.Web.Commands;
using Spectre.Console;

namespace Hark.Web.Features.Imports;

/// <summary>Shows how far an import is, by bytes: a bar with rate and remaining time on a terminal, a line now and then elsewhere, nothing for programs.</summary>
internal sealed class ImportProgress : IDisposable
{
    private static readonly TimeSpan LineEvery = TimeSpan.FromSeconds(10);
    private readonly TextWriter? _lines;
    private readonly long? _length;
    private readonly TimeProvider _time;
    private readonly long _started;
    private readonly TaskCompletionSource _done = new();
    private ProgressTask? _bar;
    private Task? _shown;
    private long _lastLine;

    private ImportProgress(TextWriter? lines, long? length, TimeProvider time) => (_lines, _length, _time, _started, _lastLine) = (lines, length, time, time.GetTimestamp(), time.GetTimestamp());

    public static ImportProgress For(Terminal terminal, bool json, long? length, TimeProvider time)
    {
        if (!ReferenceEquals(terminal, Terminal.Console) || Console.IsErrorRedirected || length is not > 0) return new(json ? null : terminal.Error, length, time);
        var progress = new ImportProgress(null, length, time);
        progress.ShowBar(length.Value);
        return progress;
    }

    public void Report(long bytes, ImportCounts counts)
    {
        if (_bar is { } bar)
        {
            bar.Value = Math.Min(bytes, _length!.Value);
            bar.Description = Rate(counts);
        }
        else if (_lines is not null && _time.GetElapsedTime(_lastLine) >= LineEvery)
        {
            _lastLine = _time.GetTimestamp();
            _lines.WriteLine($"{counts.Read} records{(_length is > 0 ? $", {(100.0 * bytes / _length.Value).ToString("F0", CultureInfo.InvariantCulture)} %" : "")}, {Rate(counts)}");
        }
    }

    public void Dispose()
    {
        _done.TrySetResult();
        _shown?.GetAwaiter().GetResult();
        _shown = null;
    }

    private string Rate(ImportCounts counts)
    {
        var seconds = _time.GetElapsedTime(_started).TotalSeconds;
        return $"{(seconds > 0 ? counts.Read / seconds : 0).ToString("N0", CultureInfo.InvariantCulture)} records/s";
    }

    private void ShowBar(long length)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        var ready = new TaskCompletionSource();
        _shown = console.Progress().Columns(new ProgressBarColumn(), new PercentageColumn(), new TaskDescriptionColumn { Alignment = Justify.Left }, new RemainingTimeColumn()).StartAsync(async context =>
        {
            _bar = context.AddTask("", maxValue: length);
            ready.SetResult();
            await _done.Task;
            _bar.StopTask();
        });
        ready.Task.GetAwaiter().GetResult();
    }
}
