namespace Hark.Train.Data;

/// <summary>What a phrase written for training is.</summary>
internal enum PhraseKind { Praise, Complaint, Neither, Urgent, Words }

/// <summary>A phrase written for training, in the language of its file.</summary>
internal sealed record Phrase(string Language, PhraseKind Kind, string Text);

/// <summary>The phrases written for training (<c>tools/Hark.Train/Texts</c>).</summary>
internal static class WrittenTexts
{
    /// <summary>The name of the file of phrases that belong to no language.</summary>
    public const string Any = "any";
    private const string Marks = "+-0!=";

    /// <exception cref="InvalidDataException">A line does not begin with a mark.</exception>
    public static List<Phrase> Read(string folder)
    {
        var phrases = new List<Phrase>();
        foreach (var file in Directory.GetFiles(folder, "*.txt").Order(StringComparer.Ordinal))
        {
            var language = Path.GetFileNameWithoutExtension(file);
            foreach (var line in File.ReadLines(file).Where(l => l.Length > 0))
            {
                var kind = Marks.IndexOf(line[0], StringComparison.Ordinal);
                if (kind < 0) throw new InvalidDataException($"{file}: a line begins with none of {Marks}");
                phrases.AddRange(line[1..].Split('|', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(t => new Phrase(language, (PhraseKind)kind, t)));
            }
        }
        return phrases;
    }
}
