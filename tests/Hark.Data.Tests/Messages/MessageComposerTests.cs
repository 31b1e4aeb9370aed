using System.Text.Json;
using Hark.Data.Messages;
using Hark.Data.Model;
using Hark.Data.Work;
using Hark.Data.Workspaces;
using Hark.Domain.Cases;
using Hark.Domain.Routing;
using Hark.Domain.Signals;
using Xunit;

namespace Hark.Data.Tests.Messages;

public sealed class MessageComposerTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 13, 30, 0, TimeSpan.Zero);
    private static readonly Guid Id = Guid.CreateVersion7(Now);
    private static readonly Guid TeamId = Guid.CreateVersion7(Now);
    private static readonly MailRecipient Jana = new(Id, "jana@example.com", "Jana <b>Nová</b>", "cs-CZ");

    private readonly MessageComposer _composer = new(new MessageSettings("https://hark.example", "care@example.com", (w, c) => $"https://hark.example/u/{c:N}"));

    private static WorkspaceSnapshot Workspace(string? templates = null, params WebhookEndpoint[] endpoints) => new()
    {
        Workspace = new Workspace { WorkspaceId = Id, Name = "Javor Home", TimeZone = "Europe/Prague", DefaultLanguage = "sk", CreatedAt = Now },
        Sources = [],
        Members = [],
        TeamMembers = [],
        Keys = [],
        CalendarVersions = [],
        WebhookEndpoints = endpoints,
        Teams = [new Team { WorkspaceId = Id, TeamId = TeamId, Key = "care", Name = "Care", Email = "care-team@example.com" }],
        Documents = templates is null ? new Dictionary<DocumentKind, ConfigDocument>() : new Dictionary<DocumentKind, ConfigDocument>
        {
            [DocumentKind.Templates] = new() { WorkspaceId = Id, Kind = DocumentKind.Templates, Version = 1, Document = templates, CreatedBy = "test" },
        },
    };

    private static Case Opened(string? language = "bg") => Case.Open(new()
    {
        WorkspaceId = Id,
        CaseId = Id,
        Number = 1042,
        Severity = Severity.Critical,
        OpenedAt = Now,
        FirstSignalId = Id,
        SignalAt = Now,
        SourceId = Id,
        Channel = Channel.Web,
        Title = "Balík přišel pozdě",
        ContactId = Id,
        TeamId = TeamId,
        Language = language,
    });

    private static EmailPayload Payload(OutboxMessage? message) => EmailPayload.TryParse(Assert.IsType<OutboxMessage>(message).Payload)!;

    [Fact]
    public void Verification_IsAPendingEmailInTheCustomersLanguage_WithBothAnswers()
    {
        var message = _composer.Verification(Workspace(), Opened(), Jana, "https://hark.example/v/abc", Now.AddDays(7), Now)!;
        Assert.Equal((OutboxKind.Email, OutboxState.Pending, "jana@example.com", "case.verification"), (message.Kind, message.State, message.Destination, message.Topic));
        Assert.Equal((Id, Id, Now, Now), (message.CaseId!.Value, message.ContactId!.Value, message.CreatedAt, message.AvailableAt));
        Assert.Equal(7, message.MessageId.Version);
        var email = Payload(message);
        Assert.Equal(("cs", "Vyřešili jsme to? [#1042]", "Javor Home", "care-team@example.com"), (email.Language, email.Subject, email.FromName, email.ReplyTo));
        Assert.Contains("https://hark.example/v/abc?a=yes", email.Text, StringComparison.Ordinal);
        Assert.Contains("https://hark.example/v/abc?a=no", email.Html, StringComparison.Ordinal);
        Assert.Contains("29. listopadu 2026", email.Text, StringComparison.Ordinal);
        Assert.Null(email.UnsubscribeUrl);
    }

    [Theory]
    [InlineData(null, "bg", "bg")]
    [InlineData("de-AT", "ru", "ru")]
    [InlineData(null, null, "sk")]
    public void Language_IsThePersons_ThenTheCases_ThenTheWorkspaces(string? locale, string? ofCase, string expected) =>
        Assert.Equal(expected, Payload(_composer.Reply(Workspace(), Opened(ofCase), Jana with { Locale = locale }, "x", null, Now)).Language);

    [Fact]
    public void NobodyWithoutAnAddressAndNobodyErasedGetsAnything()
    {
        foreach (var to in (MailRecipient[])[Jana with { Email = null }, Jana with { Email = " " }, Jana with { Erased = true }])
        {
            Assert.Null(_composer.Verification(Workspace(), Opened(), to, "https://h", Now, Now));
            Assert.Null(_composer.Reply(Workspace(), Opened(), to, "x", null, Now));
            Assert.Null(_composer.CallBack(Workspace(), Opened(), to, CallBackAt(CallBackState.Requested), Now));
            Assert.Null(_composer.AutoReply(Workspace(), RuleSet.PromoterTemplate, to, "cs", Now));
        }
    }

    [Fact]
    public void TheUnsubscribed_GetNoAutoReply_ButAnswersAboutTheirCase()
    {
        var to = Jana with { Unsubscribed = true };
        Assert.Null(_composer.AutoReply(Workspace(), RuleSet.PassiveTemplate, to, "cs", Now));
        Assert.NotNull(_composer.Verification(Workspace(), Opened(), to, "https://h", Now, Now));
        Assert.NotNull(_composer.Reply(Workspace(), Opened(), to, "x", null, Now));
    }

    [Fact]
    public void AutoReply_OffersToUnsubscribe_AndOnlyOptionalTemplatesAreAutoReplies()
    {
        var message = _composer.AutoReply(Workspace(), RuleSet.PromoterTemplate, Jana, "ru", Now)!;
        var email = Payload(message);
        Assert.Equal(("signal.auto_reply", $"https://hark.example/u/{Id:N}", true), (message.Topic, email.UnsubscribeUrl, email.Automatic));
        Assert.Contains(email.UnsubscribeUrl!, email.Text, StringComparison.Ordinal);
        Assert.Null(_composer.AutoReply(Workspace(), "case_reply", Jana, "ru", Now));
        Assert.Null(_composer.AutoReply(Workspace(), "no_such", Jana, "ru", Now));
    }

    [Fact]
    public void Reply_IsAPersonsAndEscapesEverything()
    {
        var email = Payload(_composer.Reply(Workspace(), Opened(), Jana, "<i>Hi</i>", "Eva", Now, ["a@b"]));
        Assert.False(email.Automatic);
        Assert.Equal(["a@b"], email.References);
        Assert.Contains("&lt;i&gt;Hi&lt;/i&gt;", email.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>", email.Html, StringComparison.Ordinal);
    }

    [Fact]
    public void CallBack_CarriesAnInvitation_AndItsCancellationTheSameUid()
    {
        var made = Payload(_composer.CallBack(Workspace(), Opened(), Jana, CallBackAt(CallBackState.Requested), Now));
        var gone = Payload(_composer.CallBack(Workspace(), Opened(), Jana, CallBackAt(CallBackState.Cancelled, 1), Now));
        Assert.Equal(("REQUEST", "CANCEL"), (made.Calendar!.Method, gone.Calendar!.Method));
        Assert.Contains("Kdy: 23. listopadu 2026, 10:00–10:30 (Europe/Prague)", made.Text, StringComparison.Ordinal);
        Assert.Contains("DTSTART;TZID=Europe/Prague:20261123T100000", made.Calendar.Text, StringComparison.Ordinal);
        Assert.Contains("SEQUENCE:1\r\n", gone.Calendar.Text, StringComparison.Ordinal);
        Assert.Equal(Uid(made.Calendar.Text), Uid(gone.Calendar.Text));

        static string Uid(string text) => text.Split("\r\n").Single(l => l.StartsWith("UID:", StringComparison.Ordinal));
    }

    [Fact]
    public void Notice_GoesToEachAddressOnce_InTheWorkspacesLanguage()
    {
        var messages = _composer.Notice(Workspace(), new CaseNotice(CaseNoticeKind.ClockWarning) { Clock = Domain.Sla.ClockKind.Respond, DueAt = Now.AddHours(2) }, Opened(),
            ["eva@example.com", "EVA@example.com", "", "omid@example.com"], Now);
        Assert.Equal(["eva@example.com", "omid@example.com"], messages.Select(m => m.Destination));
        var email = Payload(messages[0]);
        Assert.Equal(("case.notice", "sk"), (messages[0].Topic, email.Language));
        Assert.Contains("Hodiny: prvá odpoveď\nTermín: 22. novembra 2026 o 16:30", email.Text, StringComparison.Ordinal);
        Assert.Contains($"https://hark.example/inbox/{Id}", email.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Events_AreForEachEnabledEndpointThatWantsTheTopic_AndNameNobody()
    {
        var workspace = Workspace(null, Endpoint("all", ""), Endpoint("one", "case.opened"), Endpoint("other", "case.resolved"), Endpoint("off", "", disabled: true));
        var messages = _composer.Events(workspace, MessageTopics.CaseOpened, Opened(), Now);
        Assert.Equal(workspace.WebhookEndpoints.Take(2).Select(e => e.EndpointId.ToString()), messages.Select(m => m.Destination));
        Assert.All(messages, m => Assert.Equal(OutboxKind.Webhook, m.Kind));
        using var body = JsonDocument.Parse(messages[0].Payload);
        Assert.Equal("case.opened", body.RootElement.GetProperty("type").GetString());
        var data = body.RootElement.GetProperty("data");
        Assert.Equal((1042, "critical", "new", "care"), (data.GetProperty("number").GetInt64(), data.GetProperty("severity").GetString(), data.GetProperty("state").GetString(), data.GetProperty("team").GetString()));
        Assert.DoesNotContain("Balík", messages[0].Payload, StringComparison.Ordinal);
    }

    [Fact]
    public void TheWorkspacesOwnText_ReplacesOurs()
    {
        var workspace = Workspace("""{"templates": {"promoter_thanks": {"cs": {"subject": "Díky!", "body": "{greeting}\n\nJste skvělí."}}}}""");
        var email = Payload(_composer.AutoReply(workspace, RuleSet.PromoterTemplate, Jana, null, Now));
        Assert.Equal("Díky!", email.Subject);
        Assert.Contains("Jste skvělí.", email.Text, StringComparison.Ordinal);
    }

    private static WebhookEndpoint Endpoint(string key, string topics, bool disabled = false) => new()
    {
        WorkspaceId = Id,
        EndpointId = Guid.CreateVersion7(Now),
        Key = key,
        Url = "https://x",
        Secrets = "",
        Topics = topics,
        DisabledAt = disabled ? Now : null,
    };

    private static CallBack CallBackAt(CallBackState state, int sequence = 0) => new()
    {
        WorkspaceId = Id,
        CallBackId = Id,
        CaseId = Id,
        State = state,
        Sequence = sequence,
        Phone = "+420 777 123 456",
        Note = "internal",
        SlotStart = new(2026, 11, 23, 9, 0, 0, TimeSpan.Zero),
        SlotEnd = new(2026, 11, 23, 9, 30, 0, TimeSpan.Zero),
        CreatedAt = Now,
    };
}
