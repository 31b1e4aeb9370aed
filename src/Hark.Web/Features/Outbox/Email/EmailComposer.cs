using System.Net;
using System.Net.Http.Headers;
using System.Net.Mail;
using System.Net.Mime;
using System.Text;
using Hark.Data.Work;

namespace Hark.Web.Features.Outbox.Email;

/// <summary>Makes the message out of a payload. The same claim always gives the same Message-ID, so that a repeat is recognised as one.</summary>
internal static class EmailComposer
{
    private const int MostReferences = 20;
    private static readonly string[] RightToLeft = ["ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"];

    /// <exception cref="FormatException">An address cannot be read; the message says which.</exception>
    public static MailMessage Compose(OutboxClaim claim, EmailPayload email, MailAddress sender)
    {
        var message = new MailMessage
        {
            From = Sender(sender, email.FromName),
            Subject = OneLine(email.Subject),
            SubjectEncoding = Encoding.UTF8,
            HeadersEncoding = Encoding.UTF8,
            BodyEncoding = Encoding.UTF8,
            BodyTransferEncoding = TransferEncoding.Base64, // plain text of one long paragraph would break the 998 octets of a line (RFC 5322)
        };
        try
        {
            message.To.Add(Address(email.To, "recipient"));
            if (email.ReplyTo is { } replyTo) message.ReplyToList.Add(Address(replyTo, "reply-to"));
            AddHeaders(message.Headers, claim, email, sender.Host);
            AddParts(message, email);
            return message;
        }
        catch
        {
            message.Dispose();
            throw;
        }
    }

    /// <summary>Adds a file that goes with the message.</summary>
    public static void Attach(MailMessage message, EmailFile file, byte[] content)
    {
        var type = MediaTypeHeaderValue.TryParse(file.MediaType, out var known) && known.MediaType is { } media ? media : MediaTypeNames.Application.Octet;
        message.Attachments.Add(new Attachment(new MemoryStream(content), new ContentType(type) { Name = OneLine(file.Name) }) { TransferEncoding = TransferEncoding.Base64, NameEncoding = Encoding.UTF8 });
    }

    /// <summary>Stable for a message, without angle brackets: what <c>References</c> of later messages name.</summary>
    public static string MessageId(Guid messageId, string host) => $"{messageId:N}@{host}";

    /// <summary>A message that was never sent, to which all of a case refer: mail programs then show them as one conversation.</summary>
    private static string ThreadRoot(Guid caseId, string host) => $"case-{caseId:N}@{host}";

    public static string Direction(string language) =>
        RightToLeft.Contains(language.Split('-', '_')[0], StringComparer.OrdinalIgnoreCase) ? "rtl" : "ltr";

    private static void AddHeaders(System.Collections.Specialized.NameValueCollection headers, OutboxClaim claim, EmailPayload email, string host)
    {
        headers.Add("Message-ID", $"<{MessageId(claim.MessageId, host)}>");
        headers.Add("Content-Language", OneLine(email.Language));
        if (email.Automatic)
        {
            headers.Add("Auto-Submitted", "auto-generated");
            headers.Add("X-Auto-Response-Suppress", "All");
        }
        var references = email.References.Where(IsMessageId).TakeLast(MostReferences).ToList();
        if (claim.CaseId is { } caseId) references.Insert(0, ThreadRoot(caseId, host));
        if (references.Count > 0)
        {
            headers.Add("In-Reply-To", $"<{references[^1]}>");
            headers.Add("References", string.Join(' ', references.Select(r => $"<{r}>")));
        }
        if (email.UnsubscribeUrl is { } unsubscribe)
        {
            headers.Add("List-Unsubscribe", $"<{OneLine(unsubscribe)}>");
            headers.Add("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
        }
    }

    private static void AddParts(MailMessage message, EmailPayload email)
    {
        if (email.Html is null && email.Calendar is null)
        {
            message.Body = email.Text;
            return;
        }
        message.AlternateViews.Add(View(email.Text, "text/plain"));
        if (email.Html is { } html) message.AlternateViews.Add(View(Document(html, email.Language), "text/html"));
        if (email.Calendar is not { } calendar) return;
        // Both: mail programs that understand invitations take the alternative, the others show a file to open.
        var view = View(calendar.Text, "text/calendar");
        view.ContentType.Parameters["method"] = OneLine(calendar.Method);
        message.AlternateViews.Add(view);
        var file = new MemoryStream(Encoding.UTF8.GetBytes(calendar.Text));
        message.Attachments.Add(new Attachment(file, new ContentType("application/ics") { Name = "invite.ics" }) { TransferEncoding = TransferEncoding.Base64 });
    }

    private static AlternateView View(string text, string type)
    {
        var view = AlternateView.CreateAlternateViewFromString(text, new ContentType(type) { CharSet = "utf-8" });
        view.TransferEncoding = TransferEncoding.Base64;
        return view;
    }

    /// <summary>A fragment gets a document that says its language and direction; a whole document is left as it is.</summary>
    private static string Document(string html, string language)
    {
        if (html.Contains("<html", StringComparison.OrdinalIgnoreCase)) return html;
        return $"""<!doctype html><html lang="{WebUtility.HtmlEncode(language)}" dir="{Direction(language)}"><head><meta charset="utf-8"></head><body>{html}</body></html>""";
    }

    private static MailAddress Sender(MailAddress sender, string? name) =>
        string.IsNullOrWhiteSpace(name) ? sender : new MailAddress(sender.Address, OneLine(name), Encoding.UTF8);

    private static MailAddress Address(string text, string what) =>
        MailAddress.TryCreate(OneLine(text), null, Encoding.UTF8, out var address) ? address : throw new FormatException($"The {what} is not an e-mail address.");

    /// <summary>A header ends at its line: whatever would begin a new one becomes a space.</summary>
    private static string OneLine(string text)
    {
        if (!text.Any(char.IsControl)) return text;
        return string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c)).Trim();
    }

    private static bool IsMessageId(string text) => text.Contains('@') && text.Length < 250 && text.All(c => c is > ' ' and < '\x7f' and not ('<' or '>'));
}
