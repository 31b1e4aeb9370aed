using System.Globalization;
using System.Net;
using Hark.Data.Model;
using Hark.Data.Workspaces;
using Hark.Domain.Workspaces;
using Hark.Testing;
using Hark.Web.Features.Outbox;
using Hark.Web.Features.Outbox.Webhooks;
using Hark.Web.Testing;
using Xunit;

namespace Hark.Web.Tests.Outbox;

public sealed class WebhookTests
{
    [Fact]
    public void Signature_is_that_of_the_standards_own_libraries() => Assert.Equal("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
        StandardWebhooks.Sign("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek", DateTimeOffset.FromUnixTimeSeconds(1614265330),
            """{"test": 2432232314}"""));

    [Fact]
    public void Waits_are_those_of_the_standard()
    {
        TimeSpan[] waits = [TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2), TimeSpan.FromHours(5),
            TimeSpan.FromHours(10), TimeSpan.FromHours(14), TimeSpan.FromHours(20), TimeSpan.FromHours(24)];
        Assert.Equal([.. waits, null], Enumerable.Range(1, 10).Select(a => RetrySchedule.Webhooks.After(a, null, 0)));
        Assert.Equal(TimeSpan.FromSeconds(5.5), RetrySchedule.Webhooks.After(1, null, 1));
        Assert.Equal(TimeSpan.FromMinutes(1), RetrySchedule.Webhooks.After(1, TimeSpan.FromMinutes(1), 0));
        Assert.Equal(TimeSpan.FromMinutes(5), RetrySchedule.Webhooks.After(2, TimeSpan.FromMinutes(1), 0));
        Assert.Equal(TimeSpan.FromHours(24), RetrySchedule.Webhooks.After(1, TimeSpan.FromDays(400), 0));
    }

    [Theory]
    [InlineData(TestStore.Sqlite)]
    [InlineData(TestStore.PostgreSql)]
    public async Task An_event_is_posted_signed_and_a_repeat_has_its_id_and_the_time_of_its_try(TestStore store)
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var outbox = await OutboxFixture.CreateAsync(store);
        var (endpoint, secret) = await outbox.EndpointAsync(receiver.Url);
        receiver.Status(500, body: "boom\u0007 " + new string('x', 2000));
        var id = await outbox.WebhookAsync(endpoint, """{"type":"case.opened","data":{"name":"Příliš"}}""");
        await outbox.RunAsync();
        var failed = await outbox.MessageAsync(id);
        Assert.Equal((OutboxState.Pending, 1), (failed.State, failed.Attempts));
        Assert.StartsWith("HTTP 500: boom", failed.LastError, StringComparison.Ordinal);
        Assert.InRange(failed.LastError!.Length, 100, 600);
        receiver.Status(204);
        await outbox.LetPassAsync(TimeSpan.FromSeconds(10));
        Assert.Equal(OutboxState.Sent, (await outbox.MessageAsync(id)).State);
        var tries = receiver.Received.ToArray();
        Assert.Equal(2, tries.Length);
        Assert.All(tries, t =>
        {
            Assert.Equal("msg_" + id.ToString("N"), t.Id);
            Assert.Equal("""{"type":"case.opened","data":{"name":"Příliš"}}""", t.Body);
            Assert.Equal("application/json", t.ContentType);
            var at = DateTimeOffset.FromUnixTimeSeconds(long.Parse(t.Timestamp, CultureInfo.InvariantCulture));
            Assert.Equal(StandardWebhooks.Sign(secret, t.Id, at, t.Body), t.Signature);
        });
        Assert.InRange(long.Parse(tries[1].Timestamp, CultureInfo.InvariantCulture) - long.Parse(tries[0].Timestamp, CultureInfo.InvariantCulture), 5, 6);
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var outbox = await OutboxFixture.CreateAsync();
        var (endpoint, _) = await outbox.EndpointAsync(receiver.Url);
        receiver.Answer = context =>
        {
            context.Response.StatusCode = 307;
            context.Response.Headers.Location = "/elsewhere";
            return Task.CompletedTask;
        };
        var id = await outbox.WebhookAsync(endpoint);
        await outbox.RunAsync();
        Assert.Equal("/hook", Assert.Single(receiver.Received).Path);
        Assert.Contains("redirects are not followed", (await outbox.MessageAsync(id)).LastError, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Gone_disables_the_endpoint_and_what_was_parked_can_be_sent_again_once_it_is_enabled()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var outbox = await OutboxFixture.CreateAsync();
        var (endpoint, _) = await outbox.EndpointAsync(receiver.Url);
        receiver.Status(410);
        var first = await outbox.WebhookAsync(endpoint);
        await outbox.RunAsync();
        Assert.Equal(OutboxState.Parked, (await outbox.MessageAsync(first)).State);
        Assert.NotNull((await outbox.Get<WorkspaceSnapshots>().GetAsync(outbox.WorkspaceId)).WebhookEndpoints.Single().DisabledAt);
        var second = await outbox.WebhookAsync(endpoint);
        await outbox.RunAsync();
        Assert.Contains("disabled", (await outbox.MessageAsync(second)).LastError, StringComparison.Ordinal);
        Assert.Single(receiver.Received);
        receiver.Status(200);
        await outbox.Webhooks.EnableAsync(outbox.WorkspaceId, endpoint, Actor.System("test"));
        await outbox.Queue.RequeueAsync(outbox.WorkspaceId, first, outbox.Time.GetUtcNow());
        await outbox.RunAsync();
        Assert.Equal(OutboxState.Sent, (await outbox.MessageAsync(first)).State);
        Assert.Equal(["msg_" + first.ToString("N"), "msg_" + first.ToString("N")], receiver.Received.Select(r => r.Id));
    }

    [Theory]
    [InlineData(429, "120")]
    [InlineData(503, "Mon, 02 Mar 2026 08:02:00 GMT")]
    public async Task A_busy_receiver_is_waited_for_as_long_as_it_says_without_using_a_try(int status, string retryAfter)
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var outbox = await OutboxFixture.CreateAsync();
        var (endpoint, _) = await outbox.EndpointAsync(receiver.Url);
        receiver.Status(status, retryAfter);
        var id = await outbox.WebhookAsync(endpoint);
        await outbox.RunAsync();
        var waiting = await outbox.MessageAsync(id);
        Assert.Equal((OutboxState.Pending, 0, outbox.Time.GetUtcNow().AddMinutes(2)), (waiting.State, waiting.Attempts, waiting.AvailableAt));
        receiver.Status(200);
        await outbox.LetPassAsync(TimeSpan.FromSeconds(119));
        Assert.Single(receiver.Received);
        await outbox.LetPassAsync(TimeSpan.FromSeconds(1));
        Assert.Equal(OutboxState.Sent, (await outbox.MessageAsync(id)).State);
    }

    [Fact]
    public async Task A_receiver_that_never_answers_is_left_after_twenty_seconds()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var outbox = await OutboxFixture.CreateAsync();
        var (endpoint, _) = await outbox.EndpointAsync(receiver.Url);
        receiver.Answer = context => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        var id = await outbox.WebhookAsync(endpoint);
        var run = outbox.RunAsync();
        await receiver.Arrived.Task;
        outbox.Time.Advance(TimeSpan.FromSeconds(20));
        await run;
        var message = await outbox.MessageAsync(id);
        Assert.Equal((OutboxState.Pending, "No answer within 20 s."), (message.State, message.LastError));
        Assert.Equal(20_000, Assert.Single(await outbox.AttemptsAsync(id)).DurationMs);
    }

    [Fact]
    public async Task An_answer_without_end_is_not_read_to_its_end()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var outbox = await OutboxFixture.CreateAsync();
        var (endpoint, _) = await outbox.EndpointAsync(receiver.Url);
        receiver.Answer = async context =>
        {
            context.Response.StatusCode = 500;
            var chunk = new byte[64 * 1024];
            Array.Fill(chunk, (byte)'x');
            while (!context.RequestAborted.IsCancellationRequested) await context.Response.Body.WriteAsync(chunk);
        };
        var id = await outbox.WebhookAsync(endpoint);
        await outbox.RunAsync();
        Assert.InRange((await outbox.MessageAsync(id)).LastError!.Length, 500, 600);
    }

    [Fact]
    public async Task A_dead_receiver_costs_few_tries_and_holds_nobody_else_up()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var outbox = await OutboxFixture.CreateAsync();
        var (dead, _) = await outbox.EndpointAsync($"http://127.0.0.1:{SmtpServer.FreePort()}/", "dead");
        var (alive, _) = await outbox.EndpointAsync(receiver.Url, "alive");
        for (var n = 0; n < 20; n++) await outbox.WebhookAsync(dead);
        var others = new List<Guid>();
        for (var n = 0; n < 20; n++) others.Add(await outbox.WebhookAsync(alive));
        await outbox.RunAsync();
        await outbox.RunAsync();
        Assert.Equal(others.Select(o => "msg_" + o.ToString("N")).Order(StringComparer.Ordinal), receiver.Received.Select(r => r.Id).Order(StringComparer.Ordinal));
        var tried = 0;
        foreach (var message in await outbox.Get<Data.Work.OutboxQueries>().ListAsync(outbox.WorkspaceId, new(Destination: dead.ToString()), null, 100))
        {
            tried += (await outbox.AttemptsAsync(message.MessageId)).Count;
            Assert.Equal(OutboxState.Pending, message.State);
            Assert.True(message.AvailableAt > outbox.Time.GetUtcNow());
        }
        Assert.InRange(tried, 1, OutboxWorker.ParallelPerDestination);
    }

    [Fact]
    public async Task After_the_last_try_a_message_is_parked_with_the_reason()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var outbox = await OutboxFixture.CreateAsync();
        var (endpoint, _) = await outbox.EndpointAsync(receiver.Url);
        receiver.Status(500);
        var id = await outbox.WebhookAsync(endpoint);
        await outbox.LetPassAsync(TimeSpan.FromDays(5));
        var message = await outbox.MessageAsync(id);
        Assert.Equal((OutboxState.Parked, 10, "Given up after 10 tries. HTTP 500"), (message.State, message.Attempts, message.LastError));
        Assert.Equal(10, receiver.Received.Count);
        Assert.Single(receiver.Received.Select(r => r.Id).Distinct());
    }

    [Fact]
    public async Task A_sender_that_always_dies_does_not_go_on_for_ever()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var outbox = await OutboxFixture.CreateAsync();
        var (endpoint, _) = await outbox.EndpointAsync(receiver.Url);
        var id = await outbox.WebhookAsync(endpoint);
        for (var n = 0; n < RetrySchedule.Webhooks.Tries; n++)
        {
            await outbox.Queue.ClaimAsync(outbox.WorkspaceId, "dying", outbox.Time.GetUtcNow(), OutboxWorker.Lease, 1);
            outbox.Time.Advance(OutboxWorker.Lease);
        }
        await outbox.RunAsync();
        var message = await outbox.MessageAsync(id);
        Assert.Equal(OutboxState.Parked, message.State);
        Assert.Contains("may have been delivered", message.LastError, StringComparison.Ordinal);
        Assert.Empty(receiver.Received);
    }

    [Fact]
    public async Task While_a_secret_is_rotated_both_sign()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var outbox = await OutboxFixture.CreateAsync();
        var (endpoint, first) = await outbox.EndpointAsync(receiver.Url);
        var second = (await outbox.Webhooks.RotateAsync(outbox.WorkspaceId, endpoint, Actor.System("test"))).Value.Secret;
        await outbox.WebhookAsync(endpoint);
        await outbox.RunAsync();
        var got = Assert.Single(receiver.Received);
        var at = DateTimeOffset.FromUnixTimeSeconds(long.Parse(got.Timestamp, CultureInfo.InvariantCulture));
        Assert.Equal([StandardWebhooks.Sign(second, got.Id, at, got.Body), StandardWebhooks.Sign(first, got.Id, at, got.Body)], got.Signature.Split(' '));
        await using var db = outbox.Store.Read();
        Assert.DoesNotContain("whsec", db.WebhookEndpoints.Single().Secrets, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://127.0.0.1:{0}/")]
    [InlineData("http://[::ffff:127.0.0.1]:{0}/")]
    [InlineData("http://localhost:{0}/")]
    [InlineData("http://0.0.0.0:{0}/")]
    [InlineData("http://2130706433:{0}/")]
    public async Task A_private_address_is_refused_however_it_is_written(string url)
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var outbox = await OutboxFixture.CreateAsync(allowPrivate: false);
        var endpoint = await InsertAsync(outbox, string.Format(CultureInfo.InvariantCulture, url, receiver.Port));
        var id = await outbox.WebhookAsync(endpoint);
        await outbox.RunAsync();
        var message = await outbox.MessageAsync(id);
        Assert.Equal(OutboxState.Parked, message.State);
        Assert.Contains("Hark:Webhooks:AllowPrivateAddresses", message.LastError, StringComparison.Ordinal);
        Assert.Empty(receiver.Received);
    }

    [Fact]
    public async Task A_name_that_answers_differently_the_next_time_gains_nothing()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        var answers = new Queue<IPAddress[]>([[IPAddress.Parse("93.184.216.34")], [IPAddress.Loopback]]);
        Assert.True(Domain.Networks.PublicAddress.IsPublic(answers.Dequeue()[0])); // what a check beforehand would have seen
        var asked = 0;
        await using var outbox = await OutboxFixture.CreateAsync(allowPrivate: false, resolve: (_, _) =>
        {
            asked++;
            return Task.FromResult(answers.Peek());
        });
        var endpoint = await InsertAsync(outbox, $"http://rebind.example:{receiver.Port}/");
        var id = await outbox.WebhookAsync(endpoint);
        await outbox.RunAsync();
        Assert.Equal(OutboxState.Parked, (await outbox.MessageAsync(id)).State);
        Assert.Equal(1, asked);
        Assert.Empty(receiver.Received);
    }

    [Fact]
    public async Task The_address_that_was_judged_is_the_one_connected_to()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        var asked = 0;
        await using var outbox = await OutboxFixture.CreateAsync(resolve: (host, _) =>
        {
            asked++;
            return Task.FromResult(host == "hooks.example" ? new[] { IPAddress.Loopback } : []);
        });
        var (endpoint, _) = await outbox.EndpointAsync($"http://hooks.example:{receiver.Port}/");
        var id = await outbox.WebhookAsync(endpoint);
        await outbox.RunAsync();
        Assert.Equal(OutboxState.Sent, (await outbox.MessageAsync(id)).State);
        Assert.Equal(1, asked);
    }

    /// <summary>As a database changed behind our back, or a setting taken back, would have it: past the check of the form.</summary>
    private static async Task<Guid> InsertAsync(OutboxFixture outbox, string url)
    {
        var id = Guid.CreateVersion7(outbox.Time.GetUtcNow());
        var secrets = outbox.Get<WebhookSecrets>().Protect([StandardWebhooks.NewSecret()]);
        await outbox.Store.WriteAsync(async db =>
        {
            db.WebhookEndpoints.Add(new WebhookEndpoint
            {
                WorkspaceId = outbox.WorkspaceId,
                EndpointId = id,
                Key = "inserted",
                Url = url,
                Secrets = secrets,
                CreatedAt = outbox.Time.GetUtcNow(),
            });
            await db.SaveChangesAsync();
        });
        return id;
    }
}
