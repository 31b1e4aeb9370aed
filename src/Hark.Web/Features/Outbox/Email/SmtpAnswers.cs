using System.Net.Mail;
using System.Security.Authentication;
using Hark.Web.Infrastructure.Settings;

namespace Hark.Web.Features.Outbox.Email;

/// <summary>What a failure at the mail server means for the message (RFC 5321 section 4.2.1, RFC 4954).</summary>
internal static class SmtpAnswers
{
    /// <summary>530 authentication required, 534 and 538 mechanism not allowed, 535 credentials invalid, 454 temporary authentication failure.</summary>
    private static readonly int[] AboutOurSettings = [530, 534, 535, 538, 454];

    public static Delivery Judge(Exception e, MailOptions mail)
    {
        if (Find<AuthenticationException>(e) is { } tls)
            return new Delivery.NotNow($"TLS with the mail server failed ({tls.Message}); see Hark:Mail:Host and Hark:Mail:Security.", TimeSpan.FromMinutes(5));
        if (e is not SmtpException { StatusCode: var status } smtp || status == SmtpStatusCode.GeneralFailure)
            return new Delivery.Failed($"The mail server {mail.Host}:{mail.Port} did not answer: {e.GetBaseException().Message}", Unreachable: true);
        var code = (int)status;
        if (AboutOurSettings.Contains(code))
            return new Delivery.NotNow($"The mail server wants other credentials ({code}: {smtp.Message}); see Hark:Mail:User, Hark:Mail:Password and Hark:Mail:Security.",
                TimeSpan.FromMinutes(5));
        var reason = FormattableString.Invariant($"{code}: {smtp.Message}");
        if (code == (int)SmtpStatusCode.ServiceNotAvailable) return new Delivery.Failed(reason, Unreachable: true);
        return code >= 500 ? new Delivery.Refused(reason) : new Delivery.Failed(reason);
    }

    private static T? Find<T>(Exception? e) where T : Exception
    {
        for (; e is not null; e = e.InnerException)
            if (e is T found) return found;
        return null;
    }
}
