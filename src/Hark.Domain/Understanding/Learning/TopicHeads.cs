namespace Hark.Domain.Understanding.Learning;

/// <summary>The weights of many topics, in tables of as many outputs as one load takes.</summary>
internal sealed class TopicHeads
{
    private readonly TextModel[] _pages;

    public TopicHeads(IReadOnlyList<ModelFile> files, int featureBits)
    {
        Files = files;
        _pages = [.. files.Select(f => new TextModel(f, FeatureSpace.Shared, featureBits))];
        Bias = files[0].Numbers[BiasName];
    }

    public const string BiasName = "bias";

    public IReadOnlyList<ModelFile> Files { get; }
    public float[] Bias { get; }

    /// <param name="scores">One for each topic.</param>
    public void Score(Features features, Span<double> scores)
    {
        Span<double> outputs = stackalloc double[TextModel.Width];
        for (var page = 0; page < _pages.Length; page++)
        {
            _pages[page].Score(features, outputs);
            var first = page * TextModel.Width;
            for (var i = 0; i < Math.Min(TextModel.Width, scores.Length - first); i++) scores[first + i] = outputs[i] + Bias[first + i];
        }
    }

    /// <summary>Makes weights small, sixteen topics a table.</summary>
    public static IReadOnlyList<ModelFile> Write(IReadOnlyList<string> keys, IReadOnlyList<(float[] Weights, float Bias)> heads, Corpus corpus, int bits, Dictionary<string, float[]> numbers)
    {
        numbers[BiasName] = [.. heads.Select(h => h.Bias)];
        return
        [
            .. Enumerable.Range(0, Math.Max(1, (heads.Count + TextModel.Width - 1) / TextModel.Width)).Select(page =>
            {
                var some = heads.Skip(page * TextModel.Width).Take(TextModel.Width).ToList();
                var rows = new sbyte[(1 << bits) * TextModel.Width];
                var scales = some.Select((h, i) => ModelWriter.Write(h.Weights, corpus, rows, i)).ToArray();
                return new ModelFile("topics", "1", [.. keys.Skip(page * TextModel.Width).Take(TextModel.Width)], bits, TextModel.Width, scales, rows, page == 0 ? numbers : new Dictionary<string, float[]>());
            }),
        ];
    }
}
