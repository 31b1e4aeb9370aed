using System.Globalization;
using Hark.Domain.Messages;
using static Hark.Web.Infrastructure.CustomerPages.CustomerPage;

namespace Hark.Web.Features.Verification;

/// <summary>
/// "Did we solve it?" as HTML. Of the case it shows the number and the day only: the link may be forwarded, and the customer's words are not for everybody.
/// </summary>
internal static class VerificationPage
{
    /// <param name="hint">The answer that was pressed in the e-mail: its button stands out. Nothing is answered by it.</param>
    /// <param name="chosen">The language that was chosen on the page.</param>
    /// <param name="commented">Right after a comment was taken.</param>
    public static string Render(VerificationView view, string? hint, string? chosen, string? accepted, bool commented = false)
    {
        var texts = MessageBook.Standard[Languages.Choose([chosen, .. view.Languages, accepted])];
        var post = chosen is not null && Languages.Known(chosen) is { } language ? $" action=\"?l={language}\"" : " action=\"?\"";
        var company = view.Workspace?.Workspace.Name;
        return view.Standing switch
        {
            Standing.Asked => Html(texts, texts.Page("question"), company, Ask(view, texts, hint, post), hint is "yes" or "no" ? $"a={hint}&" : ""),
            Standing.Yes => Html(texts, texts.Page("yes_title"), company, Said("good", Check, texts, "yes_title", "yes_text") + Form(post, $"<button class=\"plain\" name=\"a\" value=\"no\">{Text(texts.Page("change_to_no"))}</button>")),
            Standing.No when commented => Html(texts, texts.Page("comment_title"), company, Said("good", Check, texts, "comment_title", "no_text")),
            Standing.No => Html(texts, texts.Page("no_title"), company, Said("good", Check, texts, "no_title", "no_text") + Comment(texts, post)),
            Standing.MovedOn => Html(texts, texts.Page("moved_title"), company, Said("", Clock, texts, "moved_title", "moved_text")),
            Standing.Expired => Html(texts, texts.Page("expired_title"), company, Said("", Clock, texts, "expired_title", "expired_text")),
            Standing.Unknown => Html(texts, texts.Page("unknown_title"), company, Said("", Question, texts, "unknown_title", "unknown_text")),
        };
    }

    /// <summary>Something failed on our side; the answer was not stored.</summary>
    public static string Failed(string? chosen, string? accepted)
    {
        var texts = MessageBook.Standard[Languages.Choose(chosen, accepted)];
        return Html(texts, texts.Page("later_title"), null, Said("bad", Cross, texts, "later_title", "later_text"));
    }

    private static string Ask(VerificationView view, LanguageTexts texts, string? hint, string post)
    {
        var about = texts.Page("about", new Dictionary<string, string?>
        {
            ["case_number"] = view.Case!.Number.ToString(CultureInfo.InvariantCulture),
            ["opened_on"] = texts.Dates.Date(view.Case.OpenedAt, view.Workspace!.Zone),
        });
        return $"""
            <p class="about">{Text(about)}</p>
            <h1>{Text(texts.Page("question"))}</h1>
            <p class="lead">{Text(texts.Page("lead"))}</p>
            {Form(post, $"<div class=\"choices\">{Choice("yes", "good", Check, texts, hint)}{Choice("no", "bad", Cross, texts, hint)}</div>")}
            <p class="small">{Text(texts.Page("privacy"))}</p>
            """;
    }

    private static string Choice(string answer, string kind, string icon, LanguageTexts texts, string? hint) =>
        $"<button class=\"choice {kind}{(hint == answer ? " meant" : "")}\" name=\"a\" value=\"{answer}\">{icon}<span>{Text(texts.Page(answer))}</span></button>";

    private static string Comment(LanguageTexts texts, string post) => Form(post, string.Create(CultureInfo.InvariantCulture, $"""
        <label for="comment">{Text(texts.Page("comment"))}</label>
        <textarea id="comment" name="comment" dir="auto" maxlength="{AnswerVerification.LongestComment}" autocomplete="off"></textarea>
        <button class="send">{Text(texts.Page("send"))}</button>
        """));

    private static string Said(string kind, string icon, LanguageTexts texts, string title, string text) => $"""
        <div role="status"><div class="mark {kind}">{icon}</div>
        <h1>{Text(texts.Page(title))}</h1>
        <p class="lead">{Text(texts.Page(text))}</p></div>
        """;

    private static string Form(string post, string content) => $"<form method=\"post\"{post}>{content}</form>";
}
