using System.Collections.Frozen;
using System.Text.Json;
using Hark.Domain.Common;

namespace Hark.Domain.Messages;

/// <summary>All messages in all languages: Hark's own, or those of a workspace, which may replace any of them. Immutable; made once and shared.</summary>
public sealed class MessageBook
{
    private static readonly Lazy<MessageBook> Own = new(Load);
    private readonly FrozenDictionary<string, LanguageTexts> _languages;

    private MessageBook(IEnumerable<LanguageTexts> languages) => _languages = languages.ToFrozenDictionary(l => l.Language, StringComparer.Ordinal);

    /// <summary>Hark's own words.</summary>
    public static MessageBook Standard => Own.Value;

    /// <summary>The words of one of <see cref="Languages.All"/>.</summary>
    public LanguageTexts this[string language] => _languages[language];

    /// <summary>
    /// Reads a workspace's own texts, <c>{"templates": {"promoter_thanks": {"cs": {"subject": "…", "body": ["…"]}}}}</c>; what is not given stays Hark's.
    /// Null when something is wrong, with every place named in <paramref name="errors"/>.
    /// </summary>
    public static MessageBook? Parse(string json, out SourceErrors errors)
    {
        if (JsonSource.Parse(json, out errors) is not { } document) return null;
        var templates = document.Member("templates");
        if (templates?.Kind != JsonValueKind.Object) errors.Add(templates ?? document, "needs \"templates\", an object of messages by key");
        foreach (var member in document.Members)
            if (member.Name is not ("templates" or "version")) errors.Add(document, member, $"'{member.Name}' is not known here; known is templates");
        var replaced = Languages.All.ToDictionary(l => l, _ => new Dictionary<string, MessageText>(StringComparer.Ordinal), StringComparer.Ordinal);
        foreach (var member in templates?.Members ?? []) ReadTemplate(templates!, member, replaced, errors);
        return errors.Any ? null : new MessageBook(Languages.All.Select(l => Standard[l].With(replaced[l])));
    }

    private static void ReadTemplate(JsonPart templates, JsonMember member, Dictionary<string, Dictionary<string, MessageText>> replaced, SourceErrors errors)
    {
        if (!MessageTemplates.ByKey.TryGetValue(member.Name, out var template))
        {
            errors.Add(templates, member, $"there is no template '{member.Name}'{Suggestion.Hint(member.Name, MessageTemplates.ByKey.Keys)}");
            return;
        }
        if (member.Value.Kind != JsonValueKind.Object) errors.Add(member.Value, $"must be an object of texts by language; it is {member.Value.KindName}");
        foreach (var text in member.Value.Members)
        {
            if (!replaced.TryGetValue(text.Name, out var language))
                errors.Add(member.Value, text, $"'{text.Name}' is not a language Hark speaks; it speaks {string.Join(", ", Languages.All)}");
            else if (MessageText.Read(text.Value, template, Standard[text.Name].Message(template.Key), errors) is { } read) language[template.Key] = read;
        }
    }

    private static MessageBook Load() => new(Languages.All.Select(language =>
    {
        using var stream = typeof(MessageBook).Assembly.GetManifestResourceStream($"Hark.Domain.Messages.Texts.{language}.json")
            ?? throw new InvalidOperationException($"The texts in '{language}' are missing from the program.");
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        var file = JsonSource.Parse(bytes.ToArray(), out var errors);
        return (file is null ? null : LanguageTexts.Read(language, file, errors))
            ?? throw new InvalidOperationException($"The texts in '{language}' are wrong: {string.Join("; ", errors.All)}");
    }));
}
