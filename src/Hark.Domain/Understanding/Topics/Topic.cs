namespace Hark.Domain.Understanding.Topics;

/// <summary>Something that customers speak of.</summary>
/// <param name="Key">As signals name it: lower case, up to <see cref="Taxonomy.LongestKey"/> characters.</param>
/// <param name="Names">As people read it, by language; what is missing is the key in words.</param>
/// <param name="Parent">Key of the topic it is a part of; null at the upper of the two levels.</param>
/// <param name="Phrases">
/// By language (<c>*</c> for all) what is said about it. Words count in all their forms as far as their ending tells; a word that ends in <c>*</c> stands for every
/// word that begins so, and a phrase in quotation marks is taken as it is written. Case and diacritics never matter.
/// </param>
/// <param name="Patterns">By language (<c>*</c> for all) regular expressions over the folded text, without look-around and back-references.</param>
/// <param name="Hidden">Nobody is told of it: no phrase and no model gives it; who sends it still may.</param>
/// <param name="MergedInto">Key of the topic that this one is now; every label of this one is a label of that.</param>
public sealed record Topic(
    string Key, IReadOnlyDictionary<string, string>? Names = null, string? Parent = null,
    IReadOnlyDictionary<string, IReadOnlyList<string>>? Phrases = null, IReadOnlyDictionary<string, IReadOnlyList<string>>? Patterns = null,
    bool Hidden = false, string? MergedInto = null)
{
    /// <summary>Neither hidden nor merged: found in texts and offered to people.</summary>
    public bool IsOpen => !Hidden && MergedInto is null;
}
