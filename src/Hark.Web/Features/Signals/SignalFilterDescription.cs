using Hark.Data.Aggregates;
using Hark.Web.Infrastructure;

namespace Hark.Web.Features.Signals;

/// <summary>The filters over signals, as the API describes them.</summary>
internal static class SignalFilterDescription
{
    public static IEnumerable<QueryParameter> Period { get; } =
    [
        new("from", "Beginning, inclusive: a time, or a date for its beginning."),
        new("to", "End, exclusive: a time, or a date for its beginning."),
    ];

    public static IEnumerable<QueryParameter> Filters { get; } =
    [
        .. Dimensions.Names.Select(n => new QueryParameter(n, $"Only signals of this {n}; repeat it for several.", Repeats: true)),
        new("score_min", "Lowest score, 0 to 100."),
        new("score_max", "Highest score, 0 to 100."),
        new("contact", "A contact by our id, its own id, e-mail address or telephone number; merged contacts are one."),
        new("account", "An account by our id or its own."),
        new("q", "Words to find, in any language, without regard to case and diacritics. All must be there; words of three letters and more also find longer ones; \"quoted words\" follow each other exactly; a* goes on."),
    ];
}
