using Hark.Data.Aggregates;
using Hark.Data.Metrics;
using Hark.Data.Signals;

namespace Hark.Web.Features.Signals;

/// <summary>The newest signals of a request, to be counted where the aggregates cannot tell.</summary>
internal sealed class ReadSample(SignalSampler sampler, ValueCounts counts)
{
    /// <returns>No signals, looked at since the end of the period, where the aggregates tell everything that a part of the signals could.</returns>
    public async Task<SignalSample> RunAsync(SignalsRequest request, CancellationToken cancellation) =>
        request.Numbers.IsEmpty && await TotalAsync(request, cancellation) > SignalSampler.Most
            ? new([], request.To)
            : await sampler.ReadAsync(request.Workspace.WorkspaceId, request.From, request.To, request.Numbers, cancellation);

    private async Task<long> TotalAsync(SignalsRequest request, CancellationToken cancellation) =>
        (await counts.ReadAsync(request.Workspace, request.From, request.To, [Dimensions.All], cancellation))[Dimensions.All].Sum(c => c.N);
}
