using System.Security.Cryptography;
using System.Text.Json;
using Hark.Data.Cases;
using Hark.Domain.Common;
using Hark.Web.Infrastructure.Auth;
using Microsoft.AspNetCore.DataProtection;

namespace Hark.Web.Features.Inbox;

/// <summary>
/// The way back from a change, sealed and handed to the page: nothing is kept on the server, any node can open it, and only the person who made the change can use it.
/// </summary>
internal sealed class UndoTokens(IDataProtectionProvider protection, TimeProvider time)
{
    /// <summary>A change without messages can be taken back for so long; one with messages until they leave.</summary>
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(10);

    public string Seal(Caller caller, IReadOnlyList<CaseUndo> undo) => For(caller).Protect(JsonSerializer.Serialize(undo, HarkJson.Options));

    /// <summary>Null for what was not made for this person, or too long ago.</summary>
    public IReadOnlyList<CaseUndo>? Open(Caller caller, string? token)
    {
        if (string.IsNullOrEmpty(token)) return null;
        try
        {
            var undo = JsonSerializer.Deserialize<List<CaseUndo>>(For(caller).Unprotect(token), HarkJson.Options);
            return undo is { Count: > 0 } && undo.TrueForAll(u => u.At + Life > time.Now()) ? undo : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private IDataProtector For(Caller caller) => protection.CreateProtector("Hark.Inbox.Undo", caller.WorkspaceId.ToString("N"), caller.Member!.MemberId.ToString("N"));
}
