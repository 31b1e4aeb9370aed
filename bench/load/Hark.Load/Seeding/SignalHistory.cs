using Hark.Data.Model;
using Hark.Data.Workspaces;
using Hark.Domain.Signals;

namespace Hark.Load.Seeding;

/// <summary>A year of signals as rows: the same mix as the traffic, with a spread of touchpoints, languages, articles and places.</summary>
internal sealed class SignalHistory(WorkspaceSnapshot workspace, Range numbers, int contacts, DateTimeOffset until)
{
    private static readonly TimeSpan Span = TimeSpan.FromDays(365);
    private static readonly string[] Touchpoints = ["checkout", "delivery", "returns", "support", "product-page"];
    private static readonly string[] Languages = ["cs", "sk", "en", "bg", "ru", "fa"];
    private static readonly Channel[] Channels = [Channel.Web, Channel.Email, Channel.App];

    public IEnumerable<Signal> Signals()
    {
        var random = new Random(numbers.Start.Value);
        var count = numbers.End.Value - numbers.Start.Value;
        for (var i = 0; i < count; i++)
            yield return Signal(numbers.Start.Value + i, until - Span + (Span * ((double)i / count)), random);
    }

    private Signal Signal(int number, DateTimeOffset at, Random random)
    {
        var key = new byte[16];
        random.NextBytes(key);
        var value = random.Next(5) == 0 ? random.Next(7) : 7 + random.Next(4);
        var second = new DateTimeOffset(at.UtcTicks - (at.UtcTicks % TimeSpan.TicksPerSecond), TimeSpan.Zero);
        return new Signal
        {
            WorkspaceId = workspace.WorkspaceId,
            SignalId = SeedId.Of(second, number),
            SourceId = workspace.Sources[0].SourceId,
            ExternalId = $"s-{number:000000000000}",
            DedupeKey = new Guid(key),
            ContentHash = number,
            OccurredAt = second,
            ReceivedAt = second,
            Channel = Channels[number % 3],
            Kind = SignalKind.Direct,
            Touchpoint = Touchpoints[random.Next(Touchpoints.Length)],
            RatingScale = RatingScale.Nps,
            RatingValue = value,
            RatingMin = 0,
            RatingMax = 10,
            ScoreMilli = value * 10_000,
            Negative = value <= 6,
            HasText = true,
            Language = Languages[random.Next(Languages.Length)],
            Severity = value <= 1 ? Severity.Critical : Severity.Routine,
            ContactId = StoreSeed.ContactId(random.Next(contacts)),
            Cohort = "active",
            Sku = $"K-{random.Next(20)}",
            Location = $"store-{random.Next(10)}",
            SubjectOrder = $"o-s{number}",
        };
    }
}
