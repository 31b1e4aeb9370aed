using System.Globalization;
using Hark.Domain.Workspaces;
using Hark.Testing;
using Xunit;

namespace Hark.Pages.Tests.Inbox;

public sealed class SqliteScope() : ScopeSuite(TestStore.Sqlite);

public sealed class PostgreSqlScope() : ScopeSuite(TestStore.PostgreSql);

/// <summary>What is shown of cases outside the inbox is of one's teams alone, too: the palette and Pulse.</summary>
public abstract class ScopeSuite(TestStore store) : InboxApp(store)
{
    [Fact]
    public async Task The_palette_and_pulse_show_only_cases_and_customers_of_ones_teams()
    {
        var ours = await OpenAsync("Our parcel is wet", name: "Olga Ourová");
        var theirs = await OpenAsync("Their invoice is wrong", sales: true, name: "Tomáš Theirs");
        var (support, sales, viewer) = (await SignInAsync(Role.Agent), await SignInAsync(Role.Agent, sales: true), await SignInAsync(Role.Viewer));
        using var _ = support;
        using var __ = sales;
        using var ___ = viewer;
        foreach (var (browser, seesOurs, seesTheirs) in new[] { (support, true, false), (sales, false, true), (viewer, false, false) })
        {
            Assert.Equal((seesOurs, seesTheirs), (await FindsAsync(browser, "Olga", ours), await FindsAsync(browser, "Tomáš", theirs)));
            foreach (var number in (long[])[ours, theirs])
                Assert.Equal(number == ours ? seesOurs : seesTheirs, await FindsAsync(browser, number.ToString(CultureInfo.InvariantCulture), number));
            var due = await browser.OpenAsync("/pulse/due");
            Assert.Equal((seesOurs, seesTheirs), (due.Says("Our parcel is wet"), due.Says("Their invoice is wrong")));
            var worst = await browser.OpenAsync("/pulse/worst");
            Assert.False((worst.Says("Our parcel is wet") && !seesOurs) || (worst.Says("Their invoice is wrong") && !seesTheirs), worst.Html);
        }
    }

    [Fact]
    public async Task The_worst_problem_leads_to_the_case_of_ones_own_team()
    {
        for (var i = 0; i < 6; i++) await OpenAsync("Wet again", name: "Wet Customer");
        using var support = await SignInAsync(Role.Agent);
        using var sales = await SignInAsync(Role.Agent, sales: true);
        var (seen, blind) = (await support.OpenAsync("/pulse/worst"), await sales.OpenAsync("/pulse/worst"));
        Assert.True(seen.Says("Help: what hurts most") && seen.Says("Wet again") && seen.Says("Answer the first"), seen.Html);
        Assert.True(blind.Says("Help: what hurts most") && blind.Says("Nobody waits for an answer") && !blind.Says("Wet again"), blind.Html);
    }

    /// <summary>Whether the palette leads to the case.</summary>
    private static async Task<bool> FindsAsync(InboxBrowser browser, string words, long number) =>
        (await browser.OpenAsync("/palette?q=" + Uri.EscapeDataString(words))).Html.Contains(string.Create(CultureInfo.InvariantCulture, $"\"/inbox/{number}\""), StringComparison.Ordinal);
}
