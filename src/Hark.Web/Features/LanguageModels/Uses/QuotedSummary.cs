using System.Text;
using System.Text.Json;

namespace Hark.Web.Features.LanguageModels.Uses;

/// <summary>One point of a summary.</summary>
/// <param name="Quotes">Words that really stand in the texts, with the number of the text.</param>
public sealed record SummaryPoint(string Text, IReadOnlyList<(int Of, string Words)> Quotes);

/// <summary>
/// A summary whose every point is borne out by words of the texts. What a model says somebody said is looked up in what was sent; what is not there is dropped, and a point
/// without a quote left goes with it.
/// </summary>
public static class QuotedSummary
{
    /// <summary>Texts beyond this length are cut for the model: the beginning says it.</summary>
    private const int MostCharacters = 1_200;

    private const int ShortestQuote = 4, MostPoints = 8;

    /// <summary>How to answer, for the instructions.</summary>
    public const string Form = "The texts are numbered. Answer with JSON only, in this form: {\"points\":[{\"text\":\"one sentence\",\"quotes\":[{\"of\":1,\"words\":\"words copied exactly from text 1\"}]}]}. "
        + "Give at most six points, each with at least one quote, copied letter by letter in the language of the text.";

    /// <summary>The texts as they are sent.</summary>
    public static string Number(IReadOnlyList<string> texts)
    {
        var all = new StringBuilder();
        foreach (var (text, i) in texts.Select((t, i) => (t, i))) all.Append(System.Globalization.CultureInfo.InvariantCulture, $"Text {i + 1}: ").Append(text.Length > MostCharacters ? text[..MostCharacters] : text).Append("\n\n");
        return all.ToString();
    }

    /// <summary>The points of an answer that are borne out by the texts; empty for an answer that is none.</summary>
    /// <param name="texts">As they were sent.</param>
    public static IReadOnlyList<SummaryPoint> Read(string answer, IReadOnlyList<string> texts)
    {
        var (from, to) = (answer.IndexOf('{', StringComparison.Ordinal), answer.LastIndexOf('}'));
        if (from < 0 || to < from) return [];
        try
        {
            using var json = JsonDocument.Parse(answer[from..(to + 1)]);
            var folded = texts.Select(Fold).ToList();
            return [.. Items(json.RootElement, "points").Select(p => Point(p, folded)).OfType<SummaryPoint>().Take(MostPoints)];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    private static SummaryPoint? Point(JsonElement point, List<string> texts)
    {
        if (Text(point, "text") is not { Length: > 0 and <= 1000 } text) return null;
        var quotes = new List<(int, string)>();
        foreach (var quote in Items(point, "quotes"))
        {
            if (!quote.TryGetProperty("of", out var of) || of.ValueKind != JsonValueKind.Number || !of.TryGetInt32(out var n) || n < 1 || n > texts.Count) continue;
            if (Text(quote, "words")?.Trim() is { Length: >= ShortestQuote } words && texts[n - 1].Contains(Fold(words), StringComparison.Ordinal)) quotes.Add((n, words));
        }

        return quotes.Count == 0 ? null : new(text, quotes);
    }

    private static IEnumerable<JsonElement> Items(JsonElement of, string name) =>
        of.ValueKind == JsonValueKind.Object && of.TryGetProperty(name, out var items) && items.ValueKind == JsonValueKind.Array ? items.EnumerateArray().Where(i => i.ValueKind == JsonValueKind.Object) : [];

    private static string? Text(JsonElement of, string name) => of.TryGetProperty(name, out var text) && text.ValueKind == JsonValueKind.String ? text.GetString() : null;

    /// <summary>Lines and spaces may differ, nothing else.</summary>
    private static string Fold(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
