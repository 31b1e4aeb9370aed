using Hark.Domain.Signals;
using Hark.Domain.Sla;
using Xunit;
using static Hark.Domain.Tests.Sla.SlaTesting;

namespace Hark.Domain.Tests.Sla;

public sealed class SlaPolicyTests
{
    private static SlaPolicySet Parse(string json, params string[] calendars) => SlaPolicyJson.Parse(json, calendars).Value;

    private static IReadOnlyDictionary<string, string[]> Errors(string json, params string[] calendars) =>
        SlaPolicyJson.Parse(json, calendars).Error?.Fields ?? throw new Xunit.Sdk.XunitException("was accepted");

    [Theory]
    [InlineData(Channel.Chat, Severity.Routine, "02:00:00", "00:01:00")]
    [InlineData(Channel.Sms, Severity.Routine, "02:00:00", "00:05:00")]
    [InlineData(Channel.Push, Severity.Routine, "02:00:00", "00:15:00")]
    [InlineData(Channel.Email, Severity.Routine, "02:00:00", "1.00:00:00")]
    [InlineData(Channel.Review, Severity.Critical, "00:30:00", "1.00:00:00")]
    [InlineData(Channel.Chat, Severity.Critical, "00:30:00", "00:01:00")]
    public void Default_ByChannelAndSeverity_GivesThePromises(Channel channel, Severity severity, string acknowledge, string respond)
    {
        var chosen = SlaPolicySet.Default.Select(new(channel, severity, []));
        Assert.Equal(acknowledge, chosen[ClockKind.Acknowledge].Target.Target.ToString());
        Assert.Equal(respond, chosen[ClockKind.Respond].Target.Target.ToString());
        Assert.Equal(TimeSpan.FromHours(48), chosen[ClockKind.Resolve].Target.Target);
        Assert.Equal((TimeSpan.FromHours(72), ClockStart.SignalReceived), (chosen[ClockKind.Verify].Target.Target, chosen[ClockKind.Verify].Target.StartsFrom));
        Assert.All(chosen.Values, c => Assert.Equal("always", c.Target.Calendar));
    }

    [Fact]
    public void Default_CriticalCase_AlertsTheProgrammeOwnerWithin24Hours()
    {
        var opened = Utc("2026-03-28T20:00Z");
        var clock = SlaPolicySet.Default.StartClocks(new(Channel.Email, Severity.Critical, []), opened, opened, 1, SlaCatalogue.Default).Single(c => c.Kind == ClockKind.Acknowledge);
        var alerts = new List<DateTimeOffset>();
        while (ClockReader.Read(clock, SlaCatalogue.Default, opened).Next is { } next)
        {
            if (next.Step is { } step && EscalationLadder.Critical.Steps[step].Notify.Any(n => n.To == NoticeTo.Role)) alerts.Add(next.At);
            clock = clock.Advance(next);
        }
        Assert.Equal([opened.AddHours(24)], alerts);
    }

    [Fact]
    public void StartClocks_VerifyFromTheSignal_CountsFromIt()
    {
        var (signal, opened) = (Utc("2026-06-01T08:00Z"), Utc("2026-06-01T20:00Z"));
        var clocks = SlaPolicySet.Default.StartClocks(new(Channel.Email, Severity.Routine, []), opened, signal, 7, SlaCatalogue.Default);
        Assert.Equal([ClockKind.Acknowledge, ClockKind.Respond, ClockKind.Resolve, ClockKind.Verify], clocks.Select(c => c.Kind));
        Assert.Equal([opened, opened, opened, signal], clocks.Select(c => c.StartedAt));
        Assert.All(clocks, c => Assert.Equal(("default", 7), (c.TermsInForce.Policy, c.TermsInForce.PolicyVersion)));
    }

    [Fact]
    public void Select_FirstPolicyWins_AndMissingKindsFallThrough()
    {
        var set = Parse("""
            {"policies":[
              {"key":"gold","match":{"segments":["gold","vip"],"severities":["critical"]},"targets":{"resolve":{"target":"4h"}}},
              {"key":"gold-any","match":{"segments":["gold"]},"targets":{"resolve":{"target":"12h"},"respond":{"target":"1h"}}},
              {"key":"rest","targets":{"resolve":{"target":"48h"},"acknowledge":{"target":"2h"}}}]}
            """);
        string Chosen(Severity severity, params string[] segments) =>
            string.Join(' ', set.Select(new(Channel.Email, severity, segments)).OrderBy(c => c.Key).Select(c => $"{c.Key}:{c.Value.Policy}"));
        Assert.Equal("Acknowledge:rest Respond:gold-any Resolve:gold", Chosen(Severity.Critical, "eu", "gold"));
        Assert.Equal("Acknowledge:rest Resolve:gold", Chosen(Severity.Critical, "vip"));
        Assert.Equal("Acknowledge:rest Respond:gold-any Resolve:gold-any", Chosen(Severity.Routine, "gold"));
        Assert.Equal("Acknowledge:rest Resolve:rest", Chosen(Severity.Routine));
        Assert.Empty(Parse("""{"policies":[]}""").Select(new(Channel.Email, Severity.Routine, [])));
    }

    [Fact]
    public void ToTerms_WithACalendarInTwoVersions_TakesTheNewest()
    {
        var catalogue = new SlaCatalogue([NineToFive("Europe/Prague"), Calendar("Europe/Prague", "\"mon\":[\"09:00-13:00\"]", version: 2)], []);
        var target = new SlaTarget(TimeSpan.FromHours(1), null, "office", ClockStart.CaseOpened, null);
        Assert.Equal(new CalendarRef("office", 2), target.ToTerms("p", 1, catalogue).Calendar);
        Assert.Throws<KeyNotFoundException>(() => (target with { Calendar = "gone" }).ToTerms("p", 1, catalogue));
    }

    [Fact]
    public void Write_ThenParse_GivesTheSameDocument()
    {
        Assert.Equal(SlaPolicyJson.Write(SlaPolicySet.Default), SlaPolicyJson.Write(Parse(SlaPolicyJson.Write(SlaPolicySet.Default))));
        const string full = """{"policies":[{"key":"a","name":"Ž","match":{"channels":["email","chat"],"severities":["critical"],"segments":["b","a"]},"targets":{"verify":{"target":"90m","warn_before":"1500ms","calendar":"office","starts_from":"signal_received","ladder":"l"}}}],"ladders":[{"key":"l","steps":[{"after":"-30m","notify":["assignee","role:boss","member:0197f0a0-0000-7000-8000-000000000001"]},{"after":"0s","notify":[],"reassign":"team_lead","raise_severity":true}]}]}""";
        var written = SlaPolicyJson.Write(Parse(full, "office"));
        Assert.Equal(full.Replace("""["b","a"]""", """["a","b"]""", StringComparison.Ordinal), written);
    }

    [Theory]
    [InlineData("/policies", "is required", "{}")]
    [InlineData("", "must be an object", "[]")]
    [InlineData("", "is not valid JSON: line 1", """{"policies":[""")]
    [InlineData("", "is not valid JSON", """{"policies":[],"policies":[]}""")]
    [InlineData("/colour", "is not a known field", """{"policies":[],"colour":1}""")]
    [InlineData("/policies", "must be a list", """{"policies":{}}""")]
    [InlineData("/policies/0", "must be an object", """{"policies":[1]}""")]
    [InlineData("/policies/0/key", "is required", """{"policies":[{"targets":{}}]}""")]
    [InlineData("/policies/0/key", "lower-case", """{"policies":[{"key":"A b","targets":{}}]}""")]
    [InlineData("/policies/1/key", "used twice", """{"policies":[{"key":"a","targets":{}},{"key":"a","targets":{}}]}""")]
    [InlineData("/policies/0/match/channels/1", "must be one of web", """{"policies":[{"key":"a","match":{"channels":["chat","fax"]},"targets":{}}]}""")]
    [InlineData("/policies/0/match/severities/0", "must be a text", """{"policies":[{"key":"a","match":{"severities":[1]},"targets":{}}]}""")]
    [InlineData("/policies/0/match/chanels", "is not a known field", """{"policies":[{"key":"a","match":{"chanels":[]},"targets":{}}]}""")]
    [InlineData("/policies/0/targets", "is required", """{"policies":[{"key":"a"}]}""")]
    [InlineData("/policies/0/targets/close", "is not a clock", """{"policies":[{"key":"a","targets":{"close":{}}}]}""")]
    [InlineData("/policies/0/targets/resolve/target", "is required", """{"policies":[{"key":"a","targets":{"resolve":{}}}]}""")]
    [InlineData("/policies/0/targets/resolve/target", "whole number", """{"policies":[{"key":"a","targets":{"resolve":{"target":"two days"}}}]}""")]
    [InlineData("/policies/0/targets/resolve/target", "whole number", """{"policies":[{"key":"a","targets":{"resolve":{"target":"400d"}}}]}""")]
    [InlineData("/policies/0/targets/resolve/target", "whole number", """{"policies":[{"key":"a","targets":{"resolve":{"target":1e99}}}]}""")]
    [InlineData("/policies/0/targets/resolve/target", "longer than nothing", """{"policies":[{"key":"a","targets":{"resolve":{"target":0}}}]}""")]
    [InlineData("/policies/0/targets/resolve/warn_before", "shorter than", """{"policies":[{"key":"a","targets":{"resolve":{"target":"1h","warn_before":"60m"}}}]}""")]
    [InlineData("/policies/0/targets/resolve/warn_before", "not be negative", """{"policies":[{"key":"a","targets":{"resolve":{"target":"1h","warn_before":"-1m"}}}]}""")]
    [InlineData("/policies/0/targets/resolve/calendar", "there is no calendar 'office'", """{"policies":[{"key":"a","targets":{"resolve":{"target":"1h","calendar":"office"}}}]}""")]
    [InlineData("/policies/0/targets/resolve/ladder", "there is no ladder 'x'", """{"policies":[{"key":"a","targets":{"resolve":{"target":"1h","ladder":"x"}}}]}""")]
    [InlineData("/policies/0/targets/resolve/starts_from", "case_opened, signal_received", """{"policies":[{"key":"a","targets":{"resolve":{"target":"1h","starts_from":"yesterday"}}}]}""")]
    [InlineData("/ladders/0/steps", "is required", """{"policies":[],"ladders":[{"key":"l"}]}""")]
    [InlineData("/ladders/0/steps/0", "does nothing", """{"policies":[],"ladders":[{"key":"l","steps":[{"after":"1h"}]}]}""")]
    [InlineData("/ladders/0/steps/0/notify/0", "must be assignee", """{"policies":[],"ladders":[{"key":"l","steps":[{"after":"1h","notify":["member:bob"]}]}]}""")]
    [InlineData("/ladders/0/steps/0/reassign", "must be team", """{"policies":[],"ladders":[{"key":"l","steps":[{"after":"1h","reassign":"assignee"}]}]}""")]
    [InlineData("/ladders/0/steps/0/raise_severity", "true or false", """{"policies":[],"ladders":[{"key":"l","steps":[{"after":"1h","notify":["team"],"raise_severity":"yes"}]}]}""")]
    [InlineData("/ladders/0/steps/1/after", "later than the step before", """{"policies":[],"ladders":[{"key":"l","steps":[{"after":"1h","notify":["team"]},{"after":"60m","notify":["team"]}]}]}""")]
    [InlineData("/ladders/1/key", "used twice", """{"policies":[],"ladders":[{"key":"l","steps":[]},{"key":"l","steps":[]}]}""")]
    public void Parse_Mistakes_AreNamedByTheirPlace(string pointer, string reason, string json)
    {
        var errors = Errors(json);
        Assert.Equal([pointer], errors.Keys);
        Assert.Contains(reason, errors[pointer][0], StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_SeveralMistakes_ReportsAll() => Assert.Equal(
        ["/policies/0/key", "/policies/0/targets/resolve/calendar", "/policies/0/targets/resolve/target"],
        Errors("""{"policies":[{"key":"","targets":{"resolve":{"target":"x","calendar":"y"}}}]}""").Keys.Order(StringComparer.Ordinal));

    [Fact]
    public void Parse_AnyMutilatedDocument_NeverThrows()
    {
        var document = SlaPolicyJson.Write(SlaPolicySet.Default);
        ForAllSeeds(random =>
        {
            var text = document.ToCharArray();
            for (var i = random.Next(1, 4); i > 0; i--) text[random.Next(text.Length)] = "{}[]\",:0-9atz \n"[random.Next(15)];
            var result = SlaPolicyJson.Parse(new string(text), []);
            return result.Ok || result.Error!.Fields!.Count > 0;
        });
    }
}
