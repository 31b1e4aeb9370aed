using System.Net;
using Hark.Data.Model;
using Hark.Data.Work;
using Hark.Testing;
using Hark.Web.Features.Outbox;
using Hark.Web.Features.Outbox.Email;
using Hark.Web.Infrastructure.Settings;
using Hark.Web.Testing;
using Xunit;

namespace Hark.Web.Tests.Outbox;

public sealed class EmailTests
{
    private static readonly EmailPayload Plain = new() { To = "Jana <jana@example.com>", Subject = "Vyřešili jsme to? — آیا حل شد؟", Text = "Příliš žluťoučký kůň\nсообщение" };

    private static MailOptions Mail(int port, MailSecurity security = MailSecurity.None, string? user = null, string? password = null) =>
        new("localhost", port, user, password, "Péče <care@shop.example>", security);

    [Theory]
    [InlineData(TestStore.Sqlite)]
    [InlineData(TestStore.PostgreSql)]
    public async Task A_message_arrives_once_in_any_script(TestStore store)
    {
        await using var smtp = await SmtpServer.StartAsync();
        await using var outbox = await OutboxFixture.CreateAsync(store, Mail(smtp.Port));
        var id = await outbox.EmailAsync(Plain);
        await outbox.RunAsync();
        await outbox.RunAsync();
        var mail = Assert.Single(await smtp.StopAsync());
        Assert.Equal(("care@shop.example", "jana@example.com"), (mail.From, Assert.Single(mail.To)));
        Assert.Equal(Plain.Subject, mail.Header("Subject"));
        Assert.Equal("Péče <care@shop.example>", mail.Header("From"));
        Assert.Equal(Plain.Text, mail.Part("text/plain").Text.ReplaceLineEndings("\n").TrimEnd('\n'));
        Assert.Equal($"<{id:N}@shop.example>", mail.Header("Message-ID"));
        Assert.Equal("auto-generated", mail.Header("Auto-Submitted"));
        Assert.False(mail.Headers.ContainsKey("list-unsubscribe"));
        var message = await outbox.MessageAsync(id);
        Assert.Equal((OutboxState.Sent, 1), (message.State, message.Attempts));
    }

    [Fact]
    public async Task Right_to_left_html_threading_unsubscribing_and_an_invitation_arrive_whole()
    {
        await using var smtp = await SmtpServer.StartAsync();
        await using var outbox = await OutboxFixture.CreateAsync(mail: Mail(smtp.Port));
        var caseId = Guid.CreateVersion7(outbox.Time.GetUtcNow());
        await outbox.EmailAsync(Plain with
        {
            Html = "<p>سلام</p>",
            Language = "fa",
            FromName = "تیم پشتیبانی",
            ReplyTo = "reply+1@shop.example",
            UnsubscribeUrl = "https://hark.example/u/abc",
            References = ["first@shop.example", "bad id>", "second@customer.example"],
            Calendar = new EmailCalendar("REQUEST", "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nEND:VCALENDAR\r\n"),
            Automatic = false,
        }, caseId);
        await outbox.RunAsync();
        var mail = Assert.Single(await smtp.StopAsync());
        Assert.Contains("""<html lang="fa" dir="rtl">""", mail.Part("text/html").Text, StringComparison.Ordinal);
        Assert.Contains("سلام", mail.Part("text/html").Text, StringComparison.Ordinal);
        Assert.Equal("REQUEST", mail.Part("text/calendar").Method);
        Assert.Equal(mail.Part("text/calendar").Text, mail.Part("application/ics").Text);
        Assert.Equal($"<case-{caseId:N}@shop.example> <first@shop.example> <second@customer.example>", Unfold(mail.Header("References")));
        Assert.Equal("<second@customer.example>", mail.Header("In-Reply-To"));
        Assert.Equal("<https://hark.example/u/abc>", mail.Header("List-Unsubscribe"));
        Assert.Equal("List-Unsubscribe=One-Click", mail.Header("List-Unsubscribe-Post"));
        Assert.Equal("reply+1@shop.example", mail.Header("Reply-To"));
        Assert.Equal("تیم پشتیبانی <care@shop.example>", mail.Header("From"));
        Assert.False(mail.Headers.ContainsKey("auto-submitted"));
    }

    [Fact]
    public async Task Line_breaks_in_a_subject_add_no_header()
    {
        await using var smtp = await SmtpServer.StartAsync();
        await using var outbox = await OutboxFixture.CreateAsync(mail: Mail(smtp.Port));
        await outbox.EmailAsync(Plain with { Subject = "Hi\r\nBcc: other@example.com", FromName = "A\r\nX-Evil: 1" });
        await outbox.RunAsync();
        var mail = Assert.Single(await smtp.StopAsync());
        Assert.False(mail.Headers.ContainsKey("bcc") || mail.Headers.ContainsKey("x-evil"));
        Assert.Single(mail.To);
    }

    [Fact]
    public async Task A_receiver_that_does_not_exist_parks_and_one_that_is_busy_is_tried_again_under_the_same_id()
    {
        await using var smtp = await SmtpServer.StartAsync();
        await using var outbox = await OutboxFixture.CreateAsync(mail: Mail(smtp.Port));
        var bounce = await outbox.EmailAsync(Plain with { To = "bounce@example.com" });
        var later = await outbox.EmailAsync(Plain with { To = "later@example.com" });
        var wrong = await outbox.EmailAsync(Plain with { To = "not an address" });
        await outbox.RunAsync();
        var parked = await outbox.MessageAsync(bounce);
        Assert.Equal(OutboxState.Parked, parked.State);
        Assert.Contains("550", parked.LastError, StringComparison.Ordinal);
        Assert.Equal(OutboxState.Parked, (await outbox.MessageAsync(wrong)).State);
        var waiting = await outbox.MessageAsync(later);
        Assert.Equal((OutboxState.Pending, 1), (waiting.State, waiting.Attempts));
        Assert.Contains("451", waiting.LastError, StringComparison.Ordinal);
        Assert.InRange(waiting.AvailableAt - outbox.Time.GetUtcNow(), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1.1));
        await outbox.LetPassAsync(TimeSpan.FromMinutes(2));
        Assert.Equal(OutboxState.Sent, (await outbox.MessageAsync(later)).State);
        Assert.Equal([false, true], (await outbox.AttemptsAsync(later)).Select(a => a.Delivered));
        Assert.Equal($"<{later:N}@shop.example>", Assert.Single(await smtp.StopAsync()).Header("Message-ID"));
    }

    [Fact]
    public async Task A_server_that_is_down_for_an_hour_delays_and_loses_nothing()
    {
        var port = SmtpServer.FreePort();
        await using var outbox = await OutboxFixture.CreateAsync(mail: Mail(port));
        var ids = new List<Guid>();
        for (var n = 0; n < 6; n++) ids.Add(await outbox.EmailAsync(Plain));
        await outbox.LetPassAsync(TimeSpan.FromHours(1));
        foreach (var id in ids)
        {
            var message = await outbox.MessageAsync(id);
            Assert.Equal(OutboxState.Pending, message.State);
            Assert.Contains("did not answer", message.LastError, StringComparison.Ordinal);
        }
        await using var smtp = await SmtpServer.StartAsync(port);
        await outbox.LetPassAsync(TimeSpan.FromHours(1));
        foreach (var id in ids) Assert.Equal(OutboxState.Sent, (await outbox.MessageAsync(id)).State);
        var received = (await smtp.StopAsync()).Select(m => m.Header("Message-ID"));
        Assert.Equal(ids.Select(id => $"<{id:N}@shop.example>").Order(StringComparer.Ordinal), received.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Without_a_mail_server_messages_wait_and_say_so()
    {
        await using var outbox = await OutboxFixture.CreateAsync();
        var id = await outbox.EmailAsync(Plain);
        await outbox.LetPassAsync(TimeSpan.FromHours(3));
        var message = await outbox.MessageAsync(id);
        Assert.Equal((OutboxState.Pending, 0), (message.State, message.Attempts));
        Assert.Contains("Hark:Mail:Host", message.LastError, StringComparison.Ordinal);
        await using var smtp = await SmtpServer.StartAsync();
        var restarted = outbox.Restarted(Mail(smtp.Port));
        outbox.Time.Advance(TimeSpan.FromMinutes(5));
        await restarted.RunAsync();
        Assert.Equal(OutboxState.Sent, (await outbox.MessageAsync(id)).State);
    }

    [Fact]
    public async Task Starttls_and_a_password_are_used_where_they_are_set()
    {
        using var certificate = new TestCertificate();
        await using var smtp = await SmtpServer.StartAsync(0, "starttls", auth: true, certificate);
        await using var outbox = await OutboxFixture.CreateAsync(mail: Mail(smtp.Port, MailSecurity.Starttls, SmtpServer.User, SmtpServer.Password));
        var id = await outbox.EmailAsync(Plain);
        await outbox.RunAsync();
        var untrusted = await outbox.MessageAsync(id);
        Assert.Equal((OutboxState.Pending, 0), (untrusted.State, untrusted.Attempts));
        Assert.Contains("TLS with the mail server failed", untrusted.LastError, StringComparison.Ordinal);

        using var trust = new TrustForSmtpClient(certificate);
        await outbox.LetPassAsync(TimeSpan.FromMinutes(6));
        var sent = await outbox.MessageAsync(id);
        Assert.Equal((OutboxState.Sent, null), (sent.State, sent.LastError));
        var mail = Assert.Single(await smtp.StopAsync());
        Assert.Equal((SmtpServer.User, true), (mail.User, mail.Tls));
    }

    [Fact]
    public async Task A_wrong_password_lets_all_mail_wait_and_uses_no_try()
    {
        using var certificate = new TestCertificate();
        using var trust = new TrustForSmtpClient(certificate);
        await using var smtp = await SmtpServer.StartAsync(0, "starttls", auth: true, certificate);
        await using var outbox = await OutboxFixture.CreateAsync(mail: Mail(smtp.Port, MailSecurity.Starttls, SmtpServer.User, "wrong"));
        var id = await outbox.EmailAsync(Plain);
        await outbox.LetPassAsync(TimeSpan.FromMinutes(30));
        var message = await outbox.MessageAsync(id);
        Assert.Equal((OutboxState.Pending, 0), (message.State, message.Attempts));
        Assert.Contains("Hark:Mail:Password", message.LastError, StringComparison.Ordinal);
        Assert.Empty(await smtp.StopAsync());
    }

    [Fact]
    public async Task A_server_without_starttls_gets_nothing_in_the_clear()
    {
        await using var smtp = await SmtpServer.StartAsync();
        await using var outbox = await OutboxFixture.CreateAsync(mail: Mail(smtp.Port, MailSecurity.Starttls));
        var id = await outbox.EmailAsync(Plain);
        await outbox.RunAsync();
        Assert.Equal(OutboxState.Pending, (await outbox.MessageAsync(id)).State);
        Assert.Empty(await smtp.StopAsync());
    }

    [Fact]
    public async Task Tls_from_the_first_byte_works_with_a_trusted_certificate_only()
    {
        using var certificate = new TestCertificate();
        await using var smtp = await SmtpServer.StartAsync(0, "tls", auth: true, certificate);
        var mail = Mail(smtp.Port, MailSecurity.Tls, SmtpServer.User, SmtpServer.Password);
        await using (var distrusting = await OutboxFixture.CreateAsync(mail: mail))
        {
            var refused = await distrusting.EmailAsync(Plain);
            await distrusting.RunAsync();
            Assert.Contains("TLS with the mail server failed", (await distrusting.MessageAsync(refused)).LastError, StringComparison.Ordinal);
        }
        await using var outbox = await OutboxFixture.CreateAsync(mail: mail, trust: (_, c, _, _) => certificate.Trusts(c));
        var id = await outbox.EmailAsync(Plain with { Text = new string('x', 300_000) });
        await outbox.RunAsync();
        var sent = await outbox.MessageAsync(id);
        Assert.Equal((OutboxState.Sent, null), (sent.State, sent.LastError));
        var received = Assert.Single(await smtp.StopAsync());
        Assert.Equal(SmtpServer.User, received.User);
        Assert.Equal(300_000, received.Part("text/plain").Text.TrimEnd().Length);
    }

    [Fact]
    public async Task Who_unsubscribed_gets_no_optional_mail_whichever_of_the_persons_contacts_it_was()
    {
        await using var smtp = await SmtpServer.StartAsync();
        await using var outbox = await OutboxFixture.CreateAsync(mail: Mail(smtp.Port));
        var canonical = await outbox.ContactAsync();
        var merged = await outbox.ContactAsync(canonical);
        var erased = await outbox.ContactAsync(erasedAt: outbox.Time.GetUtcNow());
        var links = outbox.Get<UnsubscribeLinks>();
        Assert.True(await outbox.Get<Unsubscribe>().HandleAsync(links.TokenFor(outbox.WorkspaceId, merged)));
        var optional = await outbox.EmailAsync(Plain with { UnsubscribeUrl = links.UrlFor(outbox.WorkspaceId, canonical) }, contactId: canonical);
        var needed = await outbox.EmailAsync(Plain, contactId: canonical);
        var toErased = await outbox.EmailAsync(Plain, contactId: erased);
        await outbox.RunAsync();
        var cancelled = await outbox.MessageAsync(optional);
        Assert.Equal((OutboxState.Cancelled, "The person unsubscribed."), (cancelled.State, cancelled.LastError));
        Assert.Equal(OutboxState.Cancelled, (await outbox.MessageAsync(toErased)).State);
        Assert.Equal(OutboxState.Sent, (await outbox.MessageAsync(needed)).State);
        Assert.Single(await smtp.StopAsync());
    }

    [Fact]
    public void Tries_of_mail_end_within_two_days()
    {
        var total = Enumerable.Range(1, RetrySchedule.Email.Tries).Sum(a => RetrySchedule.Email.After(a, null, 0)?.TotalHours ?? 0);
        Assert.InRange(total, 40, 48);
        Assert.Null(RetrySchedule.Email.After(RetrySchedule.Email.Tries, null, 0));
    }

    private static string Unfold(string header) => string.Join(' ', header.Split((char[])[' ', '\r', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries));

    /// <summary>System.Net.Mail asks only the process for trust; this certificate alone is added to the usual ones.</summary>
    private sealed class TrustForSmtpClient : IDisposable
    {
#pragma warning disable SYSLIB0014 // the one hook that SmtpClient has
        public TrustForSmtpClient(TestCertificate certificate) => ServicePointManager.ServerCertificateValidationCallback =
            (_, c, _, errors) => errors == System.Net.Security.SslPolicyErrors.None || certificate.Trusts(c);

        public void Dispose() => ServicePointManager.ServerCertificateValidationCallback = null;
#pragma warning restore SYSLIB0014
    }
}
