using Hark.Data.Model;

namespace Hark.Data.Messages;

/// <summary>The person a message goes to, as far as messages need to know.</summary>
/// <param name="Email">Null: cannot be reached by e-mail.</param>
/// <param name="Locale">Such as <c>cs-CZ</c>; decides the language.</param>
/// <param name="Erased">Gets nothing any more.</param>
/// <param name="Unsubscribed">Gets nothing that nobody asked for; answers about the person's own case still come.</param>
public sealed record MailRecipient(Guid ContactId, string? Email, string? Name, string? Locale, bool Erased = false, bool Unsubscribed = false)
{
    public static MailRecipient Of(Contact contact) =>
        new(contact.ContactId, contact.Email, contact.Name, contact.Locale, contact.ErasedAt is not null, contact.UnsubscribedAt is not null);

    /// <summary>Whether a message about the person's own case can be sent.</summary>
    public bool Reachable => !Erased && !string.IsNullOrWhiteSpace(Email);
}
