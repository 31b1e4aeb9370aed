using FsCheck;
using FsCheck.Fluent;
using Hark.Data.Aggregates;
using Hark.Data.Intake;
using Hark.Domain.Signals;
using Hark.Testing;
using Hark.Web.Testing;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Hark.Web.Tests.Intake;

/// <summary>Whatever is sent, in whatever order and however often: what is stored agrees with itself.</summary>
public sealed class IntakeHistoryTests
{
    private static readonly string[] Emails = ["a@example.com", "b@example.com", "c@example.com"];

    /// <summary>One sending: few ids, contacts and orders, so that everything meets everything.</summary>
    private sealed record Sending(int Id, int Score, int Contact, int Order, bool ByNumber, bool Commented, int HoursBack)
    {
        public SignalDraft Draft(DateTimeOffset now) => new()
        {
            Id = "s-" + Id,
            Rating = new RatingDraft("nps", Score),
            Text = Commented ? "Words " + Score : null,
            OccurredAt = now.AddHours(-HoursBack),
            Contact = new ContactDraft { Email = Emails[Contact], Id = ByNumber ? "n-" + Contact : null },
            Subject = new SubjectDraft(Order: "o-" + Order),
            Tags = Commented ? ["told"] : [],
        };
    }

    private static Gen<Sending> Sendings =>
        from id in Gen.Choose(0, 12)
        from score in Gen.Choose(0, 10)
        from contact in Gen.Choose(0, 2)
        from order in Gen.Choose(0, 2)
        from byNumber in Gen.Elements(true, false)
        from commented in Gen.Elements(true, false)
        from hours in Gen.Choose(0, 60)
        select new Sending(id, score, contact, order, byNumber, commented, hours);

    [Theory]
    [InlineData(TestStore.Sqlite)]
    [InlineData(TestStore.PostgreSql)]
    public async Task After_any_history_the_store_agrees_with_itself(TestStore store)
    {
        await using var app = await AppFactory.StartAsync(store);
        _ = await app.CreateSourceKeyAsync("shop");
        var workspace = await app.WorkspaceAsync();
        var intake = app.Get<IntakeService>();
        var ids = new HashSet<string>();
        Prop.ForAll(Gen.ListOf(Sendings).ToArbitrary(), sendings =>
        {
            var source = workspace.SourceByName["shop"];
            var records = sendings.Select((s, i) => new SignalRecord(i, i + 1, s.Draft(app.Time.GetUtcNow()), new())).ToList();
            ids.UnionWith(records.Select(r => r.Draft.Id!));
            var outcome = intake.SubmitBatchAsync(workspace, source, records).GetAwaiter().GetResult();
            return outcome.Ok && outcome.Value.Rejected.Count == 0;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(25));

        var differences = new List<string>();
        await app.Get<AggregateRebuild>().CheckAsync(workspace, d => differences.Add(d.ToString()));
        Assert.Empty(differences);
        await using var db = app.Store.Read();
        Assert.Equal(ids.Order(), (await db.Signals.Select(s => s.ExternalId!).ToListAsync()).Order());
        var counted = await db.Contacts.ToDictionaryAsync(c => c.ContactId, c => c.SignalCount);
        var real = (await db.Signals.Where(s => s.ContactId != null).Select(s => s.ContactId!.Value).ToListAsync()).CountBy(id => id).ToDictionary();
        Assert.All(counted, c => Assert.Equal(real.GetValueOrDefault(c.Key), c.Value));
        var open = await db.Cases.Where(c => c.JoinKey != null).Select(c => c.JoinKey).ToListAsync();
        Assert.Equal(open.Count, open.Distinct().Count());
        Assert.Equal(await db.Signals.CountAsync(s => s.CaseId != null), await db.CaseSignals.CountAsync());
        Assert.Equal(await db.Cases.SumAsync(c => c.SignalCount), await db.CaseSignals.CountAsync());
    }
}
