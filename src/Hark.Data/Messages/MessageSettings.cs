namespace Hark.Data.Messages;

/// <summary>What messages need to know of the installation.</summary>
/// <param name="PublicUrl">The address that customers reach, without a slash at its end.</param>
/// <param name="MailFrom">The sender's address without a name: the organiser of call-backs. Null while no mail server is set.</param>
/// <param name="UnsubscribeUrl">Makes the address at which a contact of a workspace ends optional e-mail.</param>
public sealed record MessageSettings(string PublicUrl, string? MailFrom, Func<Guid, Guid, string> UnsubscribeUrl)
{
    public string CaseUrl(Guid caseId) => $"{PublicUrl}/inbox/{caseId}";
    public string SignalUrl(Guid signalId) => $"{PublicUrl}/signals/{signalId}";
}
