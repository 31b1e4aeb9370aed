using System.Text.RegularExpressions;
using Hark.Data.Model;
using Hark.Data.Workspaces;
using Hark.Domain.Workspaces;
using Hark.Testing;
using Hark.Web.Features.Accounts.Identity;
using Microsoft.EntityFrameworkCore;

namespace Hark.Web.Testing;

/// <summary>The application with people who have passwords, for tests of signing in.</summary>
public static partial class AccountsApp
{
    public const string Password = "correct horse battery";

    public static Task<AppFactory> StartAsync(TestStore store = TestStore.Sqlite, params (string Key, string Value)[] settings) => AppFactory.StartAsync(store,
        settings: settings.Append(("Hark:Limits:SignInsPerMinute", "1000")).DistinctBy(s => s.Item1).ToDictionary(s => s.Item1, s => s.Item2));

    /// <summary>A member with <see cref="Password"/>.</summary>
    public static async Task<Member> PersonAsync(this AppFactory app, Role role, CancellationToken cancellation, params Guid[] teams)
    {
        var member = await app.CreateMemberAsync(role, null, teams);
        return (await app.Get<MemberAdmin>().SetPasswordAsync(member.WorkspaceId, member.MemberId, Password, Actor.System("test"), cancellation)).Value;
    }

    /// <summary>A browser in which a new member of this role is signed in. There is an administrator beside.</summary>
    public static async Task<(Browser Browser, Member Member)> SignedInAsync(this AppFactory app, Role role, CancellationToken cancellation)
    {
        if (role != Role.Administrator) await app.PersonAsync(Role.Administrator, cancellation);
        var member = await app.PersonAsync(role, cancellation);
        var browser = new Browser(app);
        await browser.SignInAsync(member.Email, Password, cancellation);
        return (browser, member);
    }

    public static async Task<IReadOnlyList<string>> AuditAsync(this AppFactory app, CancellationToken cancellation)
    {
        await using var db = app.Store.Read();
        return await db.AuditEntries.OrderBy(e => e.EntryId).Select(e => e.Action).ToListAsync(cancellation);
    }

    /// <summary>The path of the link in the newest mail to this address.</summary>
    public static async Task<string> LinkAsync(this AppFactory app, string topic, CancellationToken cancellation)
    {
        await using var db = app.Store.Read();
        var mail = await db.OutboxMessages.Where(m => m.Topic == topic).OrderByDescending(m => m.MessageId).FirstAsync(cancellation);
        return new Uri(Link().Match(Hark.Data.Work.EmailPayload.TryParse(mail.Payload)!.Text).Value).AbsolutePath;
    }

    /// <summary>The code that an authenticator app shows now, or so many steps away.</summary>
    public static string CodeOf(this AppFactory app, string key, int steps = 0) =>
        AuthenticatorCodes.CodeOf(AuthenticatorCodes.Decode(key), app.Time.GetUtcNow().ToUnixTimeSeconds() / AuthenticatorCodes.StepSeconds + steps);

    /// <summary>Turns two steps on through the account page.</summary>
    /// <returns>The secret and the recovery codes, as the page showed them.</returns>
    public static async Task<(string Key, IReadOnlyList<string> Codes)> TurnOnTwoStepsAsync(this AppFactory app, Browser browser, CancellationToken cancellation)
    {
        await browser.GetAsync("/account", cancellation);
        await browser.SubmitAsync("authenticator-start", [], cancellation);
        var key = Secret().Match(browser.Last.Html).Groups[1].Value;
        await browser.SubmitAsync("authenticator-confirm", new() { ["code"] = app.CodeOf(key) }, cancellation);
        return (key, [.. RecoveryCode().Matches(browser.Last.Html).Select(m => m.Groups[1].Value)]);
    }

    [GeneratedRegex("https?://\\S+")]
    private static partial Regex Link();

    [GeneratedRegex("hk-secret\" dir=\"ltr\">([A-Z2-7]+)<")]
    private static partial Regex Secret();

    [GeneratedRegex("<li>([A-Z0-9]{4}(?:-[A-Z0-9]{4}){3})</li>")]
    private static partial Regex RecoveryCode();
}
