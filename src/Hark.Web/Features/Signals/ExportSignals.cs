using System.Text;
using System.Text.Json;
using Hark.Data.Signals;
using Hark.Data.Store;
using Hark.Domain.Common;
using Hark.Domain.Signals;
using Hark.Domain.Workspaces;
using Hark.Web.Infrastructure;
using Hark.Web.Infrastructure.Auth;
using Hark.Web.Infrastructure.Problems;

namespace Hark.Web.Features.Signals;

/// <summary>
/// The signals of the present filter as a file, newest first: those that the person may see, streamed page by page, so that its size costs no memory. That it was taken is written to
/// the audit log.
/// </summary>
internal sealed class ExportSignals(SignalReader signals, HarkStore store, TimeProvider time)
{
    private const int PageSize = 500;

    private static readonly string[] Columns =
    [
        "signal_id", "id", "source", "occurred_at", "channel", "kind", "touchpoint", "scale", "rating", "score", "language", "sentiment", "severity", "topics", "text", "contact_id",
        "contact", "contact_name", "account", "order", "sku", "location", "ticket", "issue", "tags", "case_id",
    ];

    public async Task<IResult> CsvAsync(Caller caller, HttpRequest http, CancellationToken cancellation)
    {
        var request = SignalsRequest.Read(http.Parameters(), caller, time.Now());
        if (request.Error is { } error) return error.ToProblem();
        if (!caller.Role.ReadsWords()) return NumbersOnly.ToProblem();
        await AuditAsync(request.Value, "csv", cancellation);
        return Results.Stream(async body =>
        {
            // The mark tells spreadsheets that this is UTF-8.
            await using var text = new StreamWriter(body, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), leaveOpen: true);
            await text.WriteAsync(CsvText.Line(Columns));
            await foreach (var signal in AllAsync(request.Value, cancellation)) await text.WriteAsync(Line(SignalView.Of(caller.Workspace, signal)));
        }, "text/csv; charset=utf-8", Name(request.Value, "csv"));
    }

    /// <summary>An array of what the API gives.</summary>
    public async Task<IResult> JsonAsync(Caller caller, HttpRequest http, CancellationToken cancellation)
    {
        var request = SignalsRequest.Read(http.Parameters(), caller, time.Now());
        if (request.Error is { } error) return error.ToProblem();
        if (!caller.Role.ReadsWords()) return NumbersOnly.ToProblem();
        await AuditAsync(request.Value, "json", cancellation);
        return Results.Stream(body => JsonSerializer.SerializeAsync(body, AllAsync(request.Value, cancellation).Select(s => SignalView.Of(caller.Workspace, s)), HarkJson.Options, cancellation),
            "application/json; charset=utf-8", Name(request.Value, "json"));
    }

    private async IAsyncEnumerable<SignalRead> AllAsync(SignalsRequest request, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        (DateTimeOffset, Guid)? after = null;
        while (true)
        {
            var page = await signals.ListAsync(new SignalListQuery(request.Workspace.WorkspaceId, request.From, request.To, request.Words with { MostMatches = null }, after, PageSize), cancellation);
            foreach (var signal in page) yield return signal;
            if (page.Count < PageSize) yield break;
            after = (page[^1].Signal.OccurredAt, page[^1].Signal.SignalId);
        }
    }

    private static string Line(SignalView s) => CsvText.Line(
        s.SignalId, s.Id, s.Source, s.OccurredAt, EnumNames<Channel>.Of(s.Channel), EnumNames<SignalKind>.Of(s.Kind), s.Touchpoint,
        s.Rating is { } rating ? EnumNames<RatingScale>.Of(rating.Scale) : null, s.Rating?.Value, s.Score, s.Language, s.Sentiment is { } sentiment ? EnumNames<SentimentLabel>.Of(sentiment.Label) : null,
        EnumNames<Severity>.Of(s.Severity), string.Join(", ", s.Topics.Select(t => t.Key)), s.Text, s.Contact?.ContactId, s.Contact?.Id, s.Contact?.Name, s.Account?.Id,
        s.Subject?.Order, s.Subject?.Sku, s.Subject?.Location, s.Subject?.Ticket, s.Subject?.Issue, string.Join(", ", s.Tags), s.CaseId);

    private Task AuditAsync(SignalsRequest request, string format, CancellationToken cancellation) => store.WriteAsync(async db =>
    {
        // Names of filters only: what was looked for may tell who a person is, and would outlive them here.
        db.Audit(request.Workspace.WorkspaceId, request.Caller.Actor, time.Now(), "signals.exported", "signals", null, new { format, from = request.From, to = request.To, filters = request.Chosen.Select(c => c.Name).Distinct() });
        await db.SaveChangesAsync(cancellation);
    }, cancellation);

    private static string Name(SignalsRequest request, string format) => FormattableString.Invariant($"signals-{request.From:yyyyMMdd}-{request.To:yyyyMMdd}.{format}");

    private static Error NumbersOnly { get; } = new(ErrorKind.Forbidden, ErrorCodes.Forbidden, "This role sees numbers, not words.");
}
