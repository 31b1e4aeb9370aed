using System.Net;
using System.Net.Mail;
using System.Net.Security;
using System.Security.Authentication;
using Hark.Data.Model;
using Hark.Data.Store;
using Hark.Data.Work;
using Hark.Web.Infrastructure.Settings;
using Microsoft.EntityFrameworkCore;

namespace Hark.Web.Features.Outbox.Email;

/// <summary>
/// Sends e-mail through the configured SMTP server. 5xx about the message parks it, 4xx and a server that cannot be reached are tried again; trouble with
/// our own settings (no server, wrong password, untrusted certificate) lets all e-mail wait and names the setting.
/// </summary>
public sealed class EmailSender(HarkOptions options, HarkStore store) : IOutboxSender
{
    public OutboxKind Kind => OutboxKind.Email;
    public RetrySchedule Schedule => RetrySchedule.Email;
    public TimeSpan Timeout { get; } = TimeSpan.FromSeconds(60);

    public string? Unready => options.Mail is null ? "No mail server is set: set Hark:Mail:Host and Hark:Mail:From." : null;

    /// <summary>Decides about the server's certificate; null: the machine's trusted roots.</summary>
    internal RemoteCertificateValidationCallback? Trust { get; init; }

    /// <summary>One server sends for all.</summary>
    public string? DestinationOf(OutboxClaim claim) => null;

    public async Task<Delivery> SendAsync(OutboxClaim claim, DateTimeOffset now, CancellationToken cancellation)
    {
        if (options.Mail is not { } mail) return new Delivery.NotNow(Unready!);
        if (EmailPayload.TryParse(claim.Payload) is not { } email) return new Delivery.Refused("The payload is not an e-mail.");
        if (await ObjectionAsync(claim, email, cancellation) is { } objection) return new Delivery.Withdrawn(objection);
        try
        {
            using var message = EmailComposer.Compose(claim, email, new MailAddress(mail.From));
            foreach (var (file, content) in await FilesAsync(claim, email, cancellation)) EmailComposer.Attach(message, file, content);
            await SendAsync(mail, message, cancellation);
            return new Delivery.Delivered();
        }
        catch (FormatException e)
        {
            return new Delivery.Refused(e.Message);
        }
        catch (Exception e) when (e is SmtpException or IOException or System.Net.Sockets.SocketException or AuthenticationException)
        {
            return SmtpAnswers.Judge(e, mail);
        }
    }

    private async Task SendAsync(MailOptions mail, MailMessage message, CancellationToken cancellation)
    {
        await using var tunnel = mail.Security == MailSecurity.Tls ? await TlsTunnel.OpenAsync(mail.Host, mail.Port, Trust, cancellation) : null;
        using var client = tunnel is null ? new SmtpClient(mail.Host, mail.Port) : new SmtpClient(tunnel.Local.Address.ToString(), tunnel.Local.Port);
        client.EnableSsl = mail.Security == MailSecurity.Starttls;
        client.DeliveryFormat = message.To[0].User.All(char.IsAscii) ? SmtpDeliveryFormat.SevenBit : SmtpDeliveryFormat.International;
        client.Credentials = mail.User is null ? null : new NetworkCredential(mail.User, mail.Password);
        // The client does not end every wait at once when cancelled; disposing it does.
        await client.SendMailAsync(message, cancellation).WaitAsync(cancellation);
    }

    /// <summary>The content of the files that go with it, in their order. One that is gone by now is left out: the words were written to be read.</summary>
    private async Task<IReadOnlyList<(EmailFile File, byte[] Content)>> FilesAsync(OutboxClaim claim, EmailPayload email, CancellationToken cancellation)
    {
        if (email.Files.Count == 0) return [];
        var ids = email.Files.Select(f => f.AttachmentId).ToList();
        await using var db = store.Read();
        var found = await db.CaseAttachments.Where(a => a.WorkspaceId == claim.WorkspaceId && ids.Contains(a.AttachmentId)).ToDictionaryAsync(a => a.AttachmentId, a => a.Content, cancellation);
        return [.. email.Files.Where(f => found.ContainsKey(f.AttachmentId)).Select(f => (f, found[f.AttachmentId]))];
    }

    /// <summary>Why the person must not get it: erased, or unsubscribed from what can be unsubscribed from. Asked at the last moment, for the whole merged person.</summary>
    private async Task<string?> ObjectionAsync(OutboxClaim claim, EmailPayload email, CancellationToken cancellation)
    {
        if (claim.ContactId is not { } contactId) return null;
        await using var db = store.Read();
        var contact = await db.Contacts.FirstOrDefaultAsync(c => c.WorkspaceId == claim.WorkspaceId && c.ContactId == contactId, cancellation);
        if (contact is null) return null;
        if (contact.ErasedAt is not null) return "The person was erased.";
        if (email.UnsubscribeUrl is null) return null;
        var unsubscribed = await db.Contacts.PersonOf(claim.WorkspaceId, contact.CanonicalId).AnyAsync(c => c.UnsubscribedAt != null, cancellation);
        return unsubscribed ? "The person unsubscribed." : null;
    }
}

internal static class PersonQueries
{
    /// <summary>All contacts of one merged person. Two index seeks: the canonical one by key, the others by their partial index.</summary>
    public static IQueryable<Contact> PersonOf(this IQueryable<Contact> contacts, Guid workspaceId, Guid canonicalId) =>
        contacts.Where(c => c.WorkspaceId == workspaceId && (c.ContactId == canonicalId || (c.CanonicalId == canonicalId && c.CanonicalId != c.ContactId)));
}
