namespace Hark.Domain.Understanding.Learning;

/// <summary>
/// The features of many texts to learn from. Only features that some text has get a number, the most frequent the lowest: weights that are asked for often lie side by side, and tables are as
/// large as what was read. Some two kilobytes for a text of a hundred characters.
/// </summary>
/// <param name="space">Which copies of features are read.</param>
internal sealed class Corpus(int bits, FeatureSpace space)
{
    /// <summary>As many features of all texts together as a workspace learns from: a hundred megabytes while it does.</summary>
    public const int Most = 24_000_000;

    private readonly Features _features = new(bits);
    private readonly List<Example> _texts = [];
    private int[]? _rows;

    public IReadOnlyList<Example> Texts => _texts;

    /// <summary>The table has 2^bits rows.</summary>
    public int Bits => bits;

    /// <summary>For each numbered feature its row of the table.</summary>
    public int[] Rows => _rows ?? throw new InvalidOperationException("The features are not numbered yet.");

    /// <summary>Features of all texts together, repetitions included: four bytes each.</summary>
    public long Size { get; private set; }

    /// <summary>Adds a text.</summary>
    /// <returns>Its features, until the next one is added.</returns>
    public Features Add(string text, string? language)
    {
        TextFeatures.Read(text, language, _features);
        _texts.Add(space == FeatureSpace.Shared ? new Example([.. _features.Words, .. _features.Grams], _features.Words.Length)
            : new Example([.. _features.Words, .. _features.OwnWords, .. _features.Grams, .. _features.OwnGrams], _features.Words.Length + _features.OwnWords.Length));
        Size += _texts[^1].Ids.Length;
        return _features;
    }

    /// <summary>Gives features their numbers; no text can be added after it.</summary>
    /// <param name="shift">Rows are joined to 2^shift times fewer.</param>
    public Corpus Number(int shift = 0)
    {
        var counts = new int[1 << (bits - shift)];
        foreach (var text in _texts)
            foreach (var row in text.Ids) counts[row >> shift]++;
        var rows = new int[counts.Count(c => c > 0)];
        for (int row = 0, next = 0; row < counts.Length; row++)
            if (counts[row] > 0) rows[next++] = row;
        Array.Sort(Array.ConvertAll(rows, r => -counts[r]), rows);
        for (var id = 0; id < rows.Length; id++) counts[rows[id]] = id;
        foreach (var text in _texts)
            foreach (ref var row in text.Ids.AsSpan()) row = counts[row >> shift];
        _rows = rows;
        return this;
    }
}
