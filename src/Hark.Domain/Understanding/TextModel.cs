using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Hark.Domain.Understanding;

/// <summary>
/// Several classifiers in one table, so that the features of a text are read and looked up once for all of them. Each has its classes as neighbouring outputs;
/// one with two classes has a single output, which speaks for the second.
/// </summary>
internal sealed class TextModel
{
    /// <summary>Bytes of a row: as many as one load takes.</summary>
    public const int Width = 16;

    /// <summary>So many rows of signed bytes add up in 16 bits.</summary>
    private const int Additions = short.MaxValue / 128;

    private readonly ModelFile _file;
    private readonly FeatureSpace _space;
    private readonly int _shift;

    /// <param name="space">The features it learned from.</param>
    /// <param name="featureBits">Of the features it is asked with: a smaller table takes their upper bits.</param>
    public TextModel(ModelFile file, FeatureSpace space, int? featureBits = null)
    {
        _shift = (featureBits ?? file.Bits) - file.Bits;
        if (_shift < 0) throw new InvalidDataException("The model has more rows than its features tell apart.");
        if (file.Width != Width) throw new InvalidDataException($"A model of texts has rows of {Width} bytes; this one has {file.Width}.");
        (_file, _space) = (file, space);
    }

    public string Version => _file.Version;
    public int Bits => _file.Bits;

    /// <summary>One of its classifiers.</summary>
    /// <param name="name">Its outputs are called <c>name/class</c>.</param>
    /// <param name="classes">Names of the classes.</param>
    public TextClassifier Classifier(string name, IReadOnlyList<string> classes)
    {
        var first = -1;
        for (var i = _file.Outputs.Count - 1; i >= 0; i--)
            if (_file.Outputs[i].StartsWith(name + "/", StringComparison.Ordinal)) first = i;
        if (first < 0) throw new InvalidDataException($"The model has no outputs called {name}.");
        return new TextClassifier(first, classes, _file.Numbers[name + ".bias"], TextClassifier.BlendOf(_file.Numbers[name + ".blend"], classes.Count, _file.Numbers.GetValueOrDefault(name + ".mix")));
    }

    /// <summary>The scores of all outputs, without biases.</summary>
    public void Score(Features features, Span<double> scores)
    {
        Span<int> words = stackalloc int[Width], grams = stackalloc int[Width];
        var (wordCount, gramCount) = (features.Words.Length, features.Grams.Length);
        Sum(features.Words, words);
        Sum(features.Grams, grams);
        if (_space == FeatureSpace.SharedAndOwn)
        {
            Sum(features.OwnWords, words);
            Sum(features.OwnGrams, grams);
            wordCount += features.OwnWords.Length;
            gramCount += features.OwnGrams.Length;
        }
        var (word, gram) = (Features.Scale(wordCount), Features.Scale(gramCount));
        for (var i = 0; i < _file.Outputs.Count; i++) scores[i] = (words[i] * word + grams[i] * gram) * _file.Scales[i];
    }

    private void Sum(ReadOnlySpan<int> rows, Span<int> totals)
    {
        ref var table = ref MemoryMarshal.GetArrayDataReference(_file.Rows);
        while (!rows.IsEmpty)
        {
            var some = rows[..Math.Min(rows.Length, Additions)];
            rows = rows[some.Length..];
            Vector128<short> low = default, high = default;
            foreach (var row in some)
            {
                var values = Vector128.LoadUnsafe(ref table, (nuint)((row >> _shift) * Width));
                var (l, h) = Vector128.Widen(values);
                (low, high) = (low + l, high + h);
            }
            for (var i = 0; i < Width / 2; i++)
            {
                totals[i] += low[i];
                totals[i + Width / 2] += high[i];
            }
        }
    }
}
