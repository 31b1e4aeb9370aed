using Hark.Data.Model;
using Hark.Domain.Common;
using Hark.Domain.Workspaces;
using Microsoft.EntityFrameworkCore;

namespace Hark.Data.Workspaces;

/// <summary>A key just made.</summary>
/// <param name="Text">The whole key: this is the only time it can be seen.</param>
public sealed record NewKey(AccessKey Key, string Text)
{
    /// <summary>Leaves the key out of logs.</summary>
    public override string ToString() => Key.KeyId.ToString();
}

/// <summary>Source keys and personal tokens.</summary>
public sealed class KeyAdmin(SettingsWriter writer)
{
    /// <summary>A key with which a feed sends signals of one source.</summary>
    public Task<Result<NewKey>> CreateSourceKeyAsync(Guid workspaceId, Guid sourceId, string name, DateTimeOffset? expiresAt, Actor actor,
        CancellationToken cancellation = default) =>
        writer.ChangeAsync<NewKey>(workspaceId, actor, async change =>
        {
            if (!await change.Db.Sources.AnyAsync(s => s.WorkspaceId == workspaceId && s.SourceId == sourceId, cancellation)) return Error.NotFound("source");
            return Add(change, KeyScope.Send, name, expiresAt, k => k.SourceId = sourceId);
        }, cancellation);

    /// <summary>A token with which a member uses the API.</summary>
    /// <returns>The token; <c>invalid_input</c> when the scope is wider than the member's role allows.</returns>
    public Task<Result<NewKey>> CreateTokenAsync(Guid workspaceId, Guid memberId, KeyScope scope, string name, DateTimeOffset? expiresAt, Actor actor,
        CancellationToken cancellation = default) =>
        writer.ChangeAsync<NewKey>(workspaceId, actor, async change =>
        {
            var member = await change.Db.Members.AsNoTracking()
                .SingleOrDefaultAsync(m => m.WorkspaceId == workspaceId && m.MemberId == memberId && m.DisabledAt == null, cancellation);
            if (member is null) return Error.NotFound("member");
            if (scope == KeyScope.Send) return Error.Invalid("/scope", "must be read, write or admin; sending is for source keys");
            if (scope > member.Role.WidestScope())
                return Error.Invalid("/scope", $"must be at most {EnumNames<KeyScope>.Of(member.Role.WidestScope())}: the role is {EnumNames<Role>.Of(member.Role)}");
            return Add(change, scope, name, expiresAt, k => k.MemberId = memberId);
        }, cancellation);

    /// <summary>Ends a key at once on this node, within a second on others. Ending it again changes nothing.</summary>
    /// <param name="mayRevoke">Which keys the caller may end; others are not found.</param>
    public Task<Result<AccessKey>> RevokeAsync(Guid workspaceId, Guid keyId, Func<AccessKey, bool> mayRevoke, Actor actor, CancellationToken cancellation = default) =>
        writer.ChangeAsync<AccessKey>(workspaceId, actor, async change =>
        {
            var key = await change.Db.AccessKeys.SingleOrDefaultAsync(k => k.WorkspaceId == workspaceId && k.KeyId == keyId, cancellation);
            if (key is null || !mayRevoke(key)) return Error.NotFound("key");
            if (key.RevokedAt is not null) return key;
            key.RevokedAt = change.Now;
            change.Audit("key.revoked", "key", keyId.ToString(), new { key.Name, key.Scope, key.SourceId, key.MemberId });
            return key;
        }, cancellation);

    private static Result<NewKey> Add(SettingsChange change, KeyScope scope, string name, DateTimeOffset? expiresAt, Action<AccessKey> belongsTo)
    {
        var errors = new InputErrors();
        if (string.IsNullOrWhiteSpace(name) || name.Length > SourceSettings.LongestName) errors.Add("/name", $"must have 1 to {SourceSettings.LongestName} characters");
        if (expiresAt <= change.Now) errors.Add("/expires_at", "must be in the future");
        if (errors.Any) return Error.Invalid(errors);
        var text = KeyText.Create(scope);
        var key = new AccessKey
        {
            WorkspaceId = change.WorkspaceId,
            KeyId = change.NewId(),
            Hash = KeyText.Hash(text),
            Scope = scope,
            Name = name.Trim(),
            CreatedAt = change.Now,
            ExpiresAt = expiresAt?.Trim(),
        };
        belongsTo(key);
        change.Db.AccessKeys.Add(key);
        change.Audit("key.created", "key", key.KeyId.ToString(), new { key.Name, key.Scope, key.SourceId, key.MemberId, key.ExpiresAt });
        return new NewKey(key, text);
    }
}
