namespace Hark.Train;

/// <summary>Where things are.</summary>
internal sealed record Repository(string Root)
{
    /// <summary>Raised when a model is trained anew and shipped: it goes into the trail of every signal.</summary>
    public const string ModelVersion = "1";

    public string Data => Environment.GetEnvironmentVariable("HARK_DATA") ?? Path.Combine(Root, "..", "shared", "data");
    public string Texts => Path.Combine(Root, "tools", "Hark.Train", "Texts");
    public string Models => Path.Combine(Root, "src", "Hark.Domain", "Understanding", "Models");
    public string Report => Path.Combine(Root, "docs", "accuracy.md");

    /// <returns>Null outside the repository.</returns>
    public static Repository? Find()
    {
        for (var folder = new DirectoryInfo(Environment.CurrentDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Hark.slnx"))) return new Repository(folder.FullName);
        return null;
    }
}
