using System.Net.Mail;
using System.Text.RegularExpressions;
using Hark.Data.Model;
using Hark.Data.Store;
using Hark.Domain.Common;
using Hark.Domain.Workspaces;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Hark.Data.Workspaces;

/// <summary>What may be said about a member besides the e-mail address, by which the person signs in.</summary>
/// <param name="Languages">ISO 639 codes.</param>
/// <param name="Available">False while away: gets no new cases.</param>
/// <param name="Disabled">Keeps the person out: no signing in, no tokens, no new cases.</param>
public sealed record MemberSettings(string Name, Role Role, IReadOnlyList<string> Languages, bool Available = true, bool Disabled = false);

/// <summary>Members: made, changed and disabled, never deleted, because timelines name them.</summary>
public sealed partial class MemberAdmin(HarkStore store, SettingsWriter writer)
{
    public const int ShortestPassword = 10, LongestPassword = 1_000;
    private static readonly PasswordHasher<Member> Hasher = new();

    /// <param name="password">Null for somebody who cannot sign in by password yet.</param>
    /// <returns>The member; <c>invalid_input</c>; <c>conflict</c> when the address is taken.</returns>
    public Task<Result<Member>> CreateAsync(Guid workspaceId, string email, MemberSettings settings, string? password, Actor actor,
        CancellationToken cancellation = default) =>
        writer.ChangeAsync<Member>(workspaceId, actor, change => Task.FromResult(Add(change, email, settings, password)), cancellation);

    /// <summary>A new member as part of a wider change of settings.</summary>
    internal static Result<Member> Add(SettingsChange change, string email, MemberSettings settings, string? password)
    {
        var errors = Check(settings);
        if (!MailAddress.TryCreate(email, out _)) errors.Add("/email", "must be an e-mail address");
        if (password is not null) CheckPassword(errors, password);
        if (errors.Any) return Error.Invalid(errors);
        var member = new Member { WorkspaceId = change.WorkspaceId, MemberId = change.NewId(), Email = Normal(email), Name = settings.Name, CreatedAt = change.Now };
        Apply(member, settings, change.Now);
        if (password is not null) member.PasswordHash = Hasher.HashPassword(member, password);
        change.Db.Members.Add(member);
        change.Audit("member.created", "member", member.MemberId.ToString(), new { member.Email, settings });
        return member;
    }

    /// <returns>The member; <c>conflict</c> when nobody would be left to administer the workspace.</returns>
    public Task<Result<Member>> UpdateAsync(Guid workspaceId, Guid memberId, Func<MemberSettings, Result<MemberSettings>> edit, Actor actor,
        CancellationToken cancellation = default) =>
        writer.ChangeAsync<Member>(workspaceId, actor, async change =>
        {
            var member = await change.Db.Members.SingleOrDefaultAsync(m => m.WorkspaceId == workspaceId && m.MemberId == memberId, cancellation);
            if (member is null) return Error.NotFound("member");
            var before = SettingsOf(member);
            var edited = edit(before);
            if (edited.Error is { } refused) return refused;
            var after = edited.Value;
            if (Check(after) is { Any: true } errors) return Error.Invalid(errors);
            if (IsAdministrator(before) && !IsAdministrator(after) && !await OthersAdministerAsync(change, memberId, cancellation))
                return new Error(ErrorKind.Conflict, ErrorCodes.Conflict, "This is the last administrator; make somebody else one first.");
            Apply(member, after, change.Now);
            change.Audit("member.changed", "member", memberId.ToString(), new { before, after });
            return member;
        }, cancellation);

    public Task<Result<Member>> SetPasswordAsync(Guid workspaceId, Guid memberId, string password, Actor actor, CancellationToken cancellation = default) =>
        writer.ChangeAsync<Member>(workspaceId, actor, async change =>
        {
            var errors = new InputErrors();
            CheckPassword(errors, password);
            if (errors.Any) return Error.Invalid(errors);
            var member = await change.Db.Members.SingleOrDefaultAsync(m => m.WorkspaceId == workspaceId && m.MemberId == memberId, cancellation);
            if (member is null) return Error.NotFound("member");
            member.PasswordHash = Hasher.HashPassword(member, password);
            change.Audit("member.password_changed", "member", memberId.ToString());
            return member;
        }, cancellation);

    /// <summary>What members say about themselves.</summary>
    /// <param name="interfaceLanguage">One of Hark's languages; null follows the browser.</param>
    /// <param name="theme">Null follows the device.</param>
    public Task<Result<Member>> SetPreferencesAsync(Guid workspaceId, Guid memberId, string name, string? interfaceLanguage, Theme? theme, Actor actor,
        CancellationToken cancellation = default) =>
        writer.ChangeAsync<Member>(workspaceId, actor, async change =>
        {
            var errors = new InputErrors();
            CheckName(errors, name);
            if (interfaceLanguage is not null && !Domain.Messages.Languages.All.Contains(interfaceLanguage)) errors.Add("/language", "must be one of Hark's languages");
            if (errors.Any) return Error.Invalid(errors);
            var member = await change.Db.Members.SingleOrDefaultAsync(m => m.WorkspaceId == workspaceId && m.MemberId == memberId, cancellation);
            if (member is null) return Error.NotFound("member");
            (member.Name, member.InterfaceLanguage, member.Theme) = (name.Trim(), interfaceLanguage, theme);
            change.Audit("member.preferences_changed", "member", memberId.ToString(), new { member.Name, member.InterfaceLanguage, member.Theme });
            return member;
        }, cancellation);

    /// <summary>Makes an administrator where a workspace has none.</summary>
    public async Task EnsureAdministratorAsync(Guid workspaceId, string email, string password, CancellationToken cancellation = default)
    {
        await using (var db = store.Read())
            if (await db.Members.AnyAsync(m => m.WorkspaceId == workspaceId && m.Role == Role.Administrator, cancellation)) return;
        await CreateAsync(workspaceId, email, new MemberSettings(email.Split('@')[0], Role.Administrator, []), password, Actor.System("start"), cancellation);
    }

    /// <summary>Whether this is the member's password; takes about as long when it is not.</summary>
    public static bool PasswordMatches(Member member, string password) =>
        member.PasswordHash is { } hash && Hasher.VerifyHashedPassword(member, hash, password) != PasswordVerificationResult.Failed;

    private static MemberSettings SettingsOf(Member member) => new(member.Name, member.Role,
        member.Languages.Split(',', StringSplitOptions.RemoveEmptyEntries), member.Available, member.DisabledAt is not null);

    private static void Apply(Member member, MemberSettings settings, DateTimeOffset now)
    {
        member.Name = settings.Name.Trim();
        member.Role = settings.Role;
        member.Languages = string.Join(',', settings.Languages);
        member.Available = settings.Available;
        member.DisabledAt = settings.Disabled ? member.DisabledAt ?? now : null;
    }

    private static bool IsAdministrator(MemberSettings settings) => settings is { Role: Role.Administrator, Disabled: false };

    private static Task<bool> OthersAdministerAsync(SettingsChange change, Guid memberId, CancellationToken cancellation) =>
        change.Db.Members.AnyAsync(m => m.WorkspaceId == change.WorkspaceId && m.MemberId != memberId && m.Role == Role.Administrator && m.DisabledAt == null,
            cancellation);

    private static InputErrors Check(MemberSettings settings)
    {
        var errors = new InputErrors();
        CheckName(errors, settings.Name);
        for (var i = 0; i < settings.Languages.Count; i++)
            if (!LanguageShape().IsMatch(settings.Languages[i])) errors.Add(FormattableString.Invariant($"/languages/{i}"), "must be an ISO 639 code such as cs");
        return errors;
    }

    private static void CheckName(InputErrors errors, string name)
    {
        if (string.IsNullOrWhiteSpace(name) || name.Length > SourceSettings.LongestName) errors.Add("/name", $"must have 1 to {SourceSettings.LongestName} characters");
    }

    private static void CheckPassword(InputErrors errors, string password)
    {
        if (password.Length is < ShortestPassword or > LongestPassword) errors.Add("/password", $"must have {ShortestPassword} to {LongestPassword} characters");
    }

    private static string Normal(string email) => email.Trim().ToLowerInvariant();

    [GeneratedRegex("^[a-z]{2,3}$")]
    private static partial Regex LanguageShape();
}
