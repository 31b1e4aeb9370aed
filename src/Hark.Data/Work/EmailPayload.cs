using System.Text.Json;
using Hark.Domain.Common;

namespace Hark.Data.Work;

/// <summary>An e-mail as it waits in the outbox; kept as snake_case JSON in <see cref="Model.OutboxMessage.Payload"/>.</summary>
public sealed record EmailPayload
{
    /// <summary>One address, with or without a display name.</summary>
    public required string To { get; init; }
    public required string Subject { get; init; }

    /// <summary>The plain part; every message has one.</summary>
    public required string Text { get; init; }

    /// <summary>The HTML part: a whole document, or a fragment that gets a document with language and direction around it.</summary>
    public string? Html { get; init; }

    /// <summary>ISO 639; decides the direction of the HTML part.</summary>
    public string Language { get; init; } = "en";

    /// <summary>Where one click ends such messages (RFC 8058). Set: the message is of the optional kind and is not sent to who unsubscribed.</summary>
    public string? UnsubscribeUrl { get; init; }

    /// <summary>Shown as sender beside the configured address: the team or the company.</summary>
    public string? FromName { get; init; }
    public string? ReplyTo { get; init; }

    /// <summary>An invitation that comes with it.</summary>
    public EmailCalendar? Calendar { get; init; }

    /// <summary>Files that go with it; their content is read when it is sent.</summary>
    public IReadOnlyList<EmailFile> Files { get; init; } = [];

    /// <summary>Message-IDs this one answers or follows, oldest first, without angle brackets.</summary>
    public IReadOnlyList<string> References { get; init; } = [];

    /// <summary>True when no person wrote it: marked so that nobody's absence notice answers (RFC 3834).</summary>
    public bool Automatic { get; init; } = true;

    public string ToJson() => HarkJson.Write(this);

    /// <summary>Reads what <see cref="ToJson"/> wrote; null when it is something else.</summary>
    public static EmailPayload? TryParse(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<EmailPayload>(json, HarkJson.Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>A file of a case that goes with an e-mail.</summary>
public sealed record EmailFile(Guid AttachmentId, string Name, string MediaType);

/// <summary>An iCalendar object to go with an e-mail.</summary>
/// <param name="Method"><c>REQUEST</c> or <c>CANCEL</c>: the same as in the text.</param>
/// <param name="Text">The object, lines ending in CRLF.</param>
public sealed record EmailCalendar(string Method, string Text);
