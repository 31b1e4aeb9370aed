using System.Text;

namespace Hark.Domain.Understanding;

/// <summary>
/// Tells the language of a text: by its script where that decides, else by naive Bayes over <see cref="LanguageGrams"/> among the languages of the script.
/// Time is linear in the text; about ten microseconds for 100 characters, on any number of threads.
/// </summary>
public sealed class LanguageIdentifier
{
    internal const string ModelName = "language", SharpnessName = "sharpness";

    /// <summary>Under this confidence a language is not told.</summary>
    public const double Margin = 0.3;

    /// <summary>A part of a text speaks for itself from so many letters, and is believed to be in another language from this confidence.</summary>
    private const int PartLetters = 16;
    private const double PartConfidence = 0.95;

    /// <summary>A second script with this share of the letters makes a text mixed.</summary>
    private const double MixedShare = 0.25;

    private readonly ModelFile _model;
    private readonly Script[] _scripts;
    private readonly float _scale, _sharpness;

    internal LanguageIdentifier(ModelFile model)
    {
        _model = model;
        _scale = model.Scales[0];
        _sharpness = model.Numbers[SharpnessName][0];
        _scripts = [.. model.Outputs.Select(ScriptOf)];
    }

    /// <summary>Every code that can be told, in no particular order.</summary>
    public IEnumerable<string> Languages =>
        _model.Outputs.Concat(Enum.GetValues<Script>().Select(Scripts.OnlyLanguage).OfType<string>());

    /// <summary>The script a language that is told by its grams is written in.</summary>
    private static Script ScriptOf(string code) => code switch
    {
        "be" or "bg" or "mk" or "ru" or "sr" or "uk" => Script.Cyrillic,
        "ar" or "fa" or "ur" => Script.Arabic,
        _ => Script.Latin,
    };

    /// <summary>The language where it stands out.</summary>
    /// <param name="allowed">ISO 639 codes to choose from; empty for all. Codes that are not known are passed over.</param>
    public LanguageGuess Identify(string text, IReadOnlyCollection<string>? allowed = null)
    {
        var best = Best(text, allowed);
        return best.Confidence >= Margin ? best : best with { Code = null };
    }

    /// <summary>The most probable language, also where it does not stand out; no code only where there is nothing to go by.</summary>
    internal LanguageGuess Best(string text, IReadOnlyCollection<string>? allowed = null)
    {
        if (HasMarks(text) && IsWellFormed(text)) text = text.Normalize(NormalizationForm.FormC);
        var counts = new Counts(stackalloc int[Scripts.Count], stackalloc int[_model.Width], stackalloc int[_model.Width]);
        var candidates = new Candidates(this, allowed);
        var tokens = new Tokens(text);
        Span<char> frame = stackalloc char[LanguageGrams.FrameSize];
        while (tokens.MoveNext())
        {
            if (tokens.Kind == TokenKind.Word) counts.Grams += Count(tokens.Text, frame, ref counts);
            else if (tokens.Kind is TokenKind.Stop or TokenKind.Symbol) EndPart(ref counts, candidates);
        }
        EndPart(ref counts, candidates);
        return Conclude(ref counts, candidates);
    }

    /// <summary>Adds the grams of a word.</summary>
    /// <returns>How many there were.</returns>
    private int Count(ReadOnlySpan<char> word, Span<char> frame, ref Counts counts)
    {
        var script = Scripts.Of(word[0]);
        counts.PartLetters += word.Length;
        if (script is not (Script.Latin or Script.Cyrillic or Script.Arabic))
        {
            // Japanese has two scripts in one word.
            foreach (var c in word) counts.ByScript[(int)Scripts.Of(c)]++;
            return 0;
        }
        counts.ByScript[(int)script] += word.Length;
        var grams = new LanguageGrams(word, frame, _model.Bits);
        var count = 0;
        for (; grams.MoveNext(); count++)
        {
            var row = _model.Row(grams.Row);
            for (var i = 0; i < row.Length; i++) counts.Part[i] += row[i];
        }
        counts.PartGrams += count;
        return count;
    }

    private void EndPart(ref Counts counts, Candidates candidates)
    {
        if (counts.PartLetters >= PartLetters && Strongest(counts.Part, counts.PartGrams, candidates, null) is { Output: >= 0, Confidence: >= PartConfidence } best)
            counts.Told |= 1UL << best.Output;
        for (var i = 0; i < counts.Part.Length; i++) counts.Whole[i] += counts.Part[i];
        counts.Part.Clear();
        counts.PartLetters = counts.PartGrams = 0;
    }

    private LanguageGuess Conclude(ref Counts counts, Candidates candidates)
    {
        var letters = 0;
        counts.ByScript[(int)Script.None] = 0;
        foreach (var n in counts.ByScript) letters += n;
        if (letters == 0) return default;
        var script = (Script)counts.ByScript.IndexOfMax();
        var second = 0;
        for (var i = 0; i < counts.ByScript.Length; i++)
            if (i != (int)script) second = Math.Max(second, counts.ByScript[i]);
        var mixed = second >= letters * MixedShare;
        // Japanese is written in two scripts, and Han characters alone are Chinese.
        if (script is Script.Han or Script.Kana) (script, mixed) = (counts.ByScript[(int)Script.Kana] > 0 ? Script.Kana : Script.Han, mixed && counts.ByScript[(int)Script.Kana] == 0);
        if (Scripts.OnlyLanguage(script) is { } only) return candidates.Allows(only) ? new(only, 1, mixed) : new(null, 0, mixed);
        var best = Strongest(counts.Whole, counts.Grams, candidates, script);
        if (best.Output < 0) return new(null, 0, mixed);
        mixed |= (counts.Told & ~(1UL << best.Output)) != 0;
        return new(_model.Outputs[best.Output], best.Confidence, mixed);
    }

    /// <summary>
    /// The most probable output. The evidence of grams that overlap counts less than that of independent ones: differences are divided by the root of their number
    /// and sharpened by what calibration found.
    /// </summary>
    private (int Output, double Confidence) Strongest(ReadOnlySpan<int> totals, int grams, Candidates candidates, Script? script)
    {
        var best = -1;
        for (var i = 0; i < _model.Outputs.Count; i++)
            if (candidates.Allows(i) && (script is null || _scripts[i] == script) && (best < 0 || totals[i] > totals[best])) best = i;
        if (best < 0) return (-1, 0);
        var factor = _sharpness * _scale / Math.Sqrt(Math.Max(grams, 1));
        var sum = 0.0;
        for (var i = 0; i < _model.Outputs.Count; i++)
            if (candidates.Allows(i) && (script is null || _scripts[i] == script)) sum += Math.Exp((totals[i] - totals[best]) * factor);
        return (best, 1 / sum);
    }

    private static bool HasMarks(string text) => text.AsSpan().ContainsAnyInRange('\u0300', '\u036F');

    private static bool IsWellFormed(string text)
    {
        foreach (var c in text)
            if (char.IsSurrogate(c)) return false;
        return true;
    }

    /// <summary>What was counted: letters by script, and the evidence for each output in the whole text and in the part being read.</summary>
    private ref struct Counts(Span<int> byScript, Span<int> whole, Span<int> part)
    {
        public readonly Span<int> ByScript = byScript, Whole = whole, Part = part;
        public int Grams, PartGrams, PartLetters;

        /// <summary>Outputs, as bits, that parts of the text were surely in.</summary>
        public ulong Told;
    }

    /// <summary>The outputs that may be chosen, as bits.</summary>
    private readonly struct Candidates
    {
        private readonly IReadOnlyCollection<string>? _allowed;
        private readonly ulong _mask;

        public Candidates(LanguageIdentifier identifier, IReadOnlyCollection<string>? allowed)
        {
            (_allowed, _mask) = (allowed is { Count: > 0 } ? allowed : null, ulong.MaxValue);
            if (_allowed is null) return;
            _mask = 0;
            for (var i = 0; i < identifier._model.Outputs.Count; i++)
                if (_allowed.Contains(identifier._model.Outputs[i])) _mask |= 1UL << i;
        }

        public bool Allows(int output) => (_mask & 1UL << output) != 0;

        public bool Allows(string code) => _allowed is null || _allowed.Contains(code);
    }
}

file static class Spans
{
    public static int IndexOfMax(this ReadOnlySpan<int> values)
    {
        var best = 0;
        for (var i = 1; i < values.Length; i++)
            if (values[i] > values[best]) best = i;
        return best;
    }

    public static int IndexOfMax(this Span<int> values) => IndexOfMax((ReadOnlySpan<int>)values);
}
