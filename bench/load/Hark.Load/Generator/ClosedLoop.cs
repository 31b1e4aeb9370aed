using System.Diagnostics;

namespace Hark.Load.Generator;

/// <summary>What a load gave. Latencies of accepted requests (2xx) and of refused ones (429) apart.</summary>
internal sealed record LoadResult
{
    public required double SignalsPerSecond { get; init; }
    public required LatencyHistogram Accepted { get; init; }
    public required LatencyHistogram Refused { get; init; }

    /// <summary>Refusals that did not say when to come back, and answers that were neither 2xx nor 429.</summary>
    public required long WithoutRetryAfter { get; init; }
    public required long Failed { get; init; }

    public double P95 => Accepted.Quantile(0.95);

    public LoadResult Checked() =>
        Failed == 0 && Accepted.Count > 0 ? this : throw new InvalidOperationException($"{Failed} requests failed and {Accepted.Count} were accepted");
}

/// <summary>
/// Clients that each send, wait for the answer and send again; one thread and one connection a client. With a pace they send on a schedule instead (late ones at once),
/// which can ask for more than is served.
/// </summary>
internal static class ClosedLoop
{
    private const int StackSize = 256 * 1024;

    /// <param name="pace">Time between two requests of one client; null for as fast as it is answered.</param>
    public static Task<LoadResult> RunAsync(int port, int clients, TimeSpan warmUp, TimeSpan measure, Func<int, SignalTraffic> traffic, TimeSpan? pace = null,
        CancellationToken cancellation = default) => Task.Run(() =>
    {
        var workers = Enumerable.Range(0, clients).Select(i => new Worker(port, traffic(i), pace, clients, i)).ToList();
        var start = Stopwatch.GetTimestamp();
        foreach (var worker in workers) worker.Start(start, warmUp, measure, cancellation);
        foreach (var worker in workers) worker.Join();
        cancellation.ThrowIfCancellationRequested();
        if (workers.Find(w => w.Error is not null) is { } broken) throw new InvalidOperationException($"A client broke off: {broken.Error!.Message}", broken.Error);
        return Total(workers, measure);
    }, cancellation);

    private static LoadResult Total(List<Worker> workers, TimeSpan measure)
    {
        LatencyHistogram accepted = new(), refused = new();
        foreach (var worker in workers)
        {
            accepted.Merge(worker.Accepted);
            refused.Merge(worker.Refused);
        }
        return new LoadResult
        {
            SignalsPerSecond = workers.Sum(w => w.Accepted.Count * w.Signals) / measure.TotalSeconds,
            Accepted = accepted,
            Refused = refused,
            WithoutRetryAfter = workers.Sum(w => w.WithoutRetryAfter),
            Failed = workers.Sum(w => w.Failed),
        };
    }

    private sealed class Worker(int port, SignalTraffic traffic, TimeSpan? pace, int clients, int number)
    {
        private Thread? _thread;

        public LatencyHistogram Accepted { get; } = new();
        public LatencyHistogram Refused { get; } = new();
        public long WithoutRetryAfter { get; private set; }
        public long Failed { get; private set; }
        public int Signals => traffic.Signals;
        public Exception? Error { get; private set; }

        public void Start(long start, TimeSpan warmUp, TimeSpan measure, CancellationToken cancellation)
        {
            _thread = new Thread(() =>
            {
                try
                {
                    Run(start, warmUp, measure, cancellation);
                }
                catch (Exception e) when (e is IOException or InvalidDataException or System.Net.Sockets.SocketException)
                {
                    Error = e;
                }
            }, StackSize)
            { IsBackground = true };
            _thread.Start();
        }

        public void Join() => _thread!.Join();

        private void Run(long start, TimeSpan warmUp, TimeSpan measure, CancellationToken cancellation)
        {
            using var client = new RawClient(port);
            using var never = new ManualResetEventSlim();
            var due = pace * ((double)number / clients);
            while (!cancellation.IsCancellationRequested)
            {
                if (due is { } at && at - Stopwatch.GetElapsedTime(start) is { Ticks: > 0 } wait) never.Wait(wait, cancellation);
                due += pace;
                var request = traffic.Next();
                var before = Stopwatch.GetElapsedTime(start);
                if (before >= warmUp + measure) return;
                var reply = client.Exchange(request);
                var after = Stopwatch.GetElapsedTime(start);
                // Counted where it was answered inside the measured time, so that slow answers are not lost at the end.
                if (after >= warmUp && after < warmUp + measure) Count(reply, after - before);
            }
        }

        private void Count(Reply reply, TimeSpan latency)
        {
            if (reply.Status is >= 200 and < 300) Accepted.Record(latency);
            else if (reply.Status != 429) Failed++;
            else
            {
                Refused.Record(latency);
                if (!reply.RetryAfter) WithoutRetryAfter++;
            }
        }
    }
}
