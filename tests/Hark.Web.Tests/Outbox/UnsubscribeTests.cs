using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Hark.Data.Model;
using Hark.Testing;
using Hark.Web.Features.Outbox.Email;
using Hark.Web.Testing;
using Xunit;

namespace Hark.Web.Tests.Outbox;

public sealed class UnsubscribeTests
{
    private static HttpContent UrlEncoded() => new StringContent("List-Unsubscribe=One-Click", Encoding.ASCII, "application/x-www-form-urlencoded");

    private static HttpContent Multipart() => new MultipartFormDataContent { { new StringContent("One-Click"), "List-Unsubscribe" } };

    [Theory]
    [InlineData(TestStore.Sqlite, false)]
    [InlineData(TestStore.Sqlite, true)]
    [InlineData(TestStore.PostgreSql, false)]
    public async Task One_post_ends_optional_mail_for_the_whole_person_and_a_second_changes_nothing(TestStore store, bool multipart)
    {
        await using var app = await AppFactory.StartAsync(store);
        var (path, ids) = await LinkAsync(app);
        var client = app.Client(null);
        var first = app.Time.GetUtcNow();
        for (var n = 0; n < 2; n++)
        {
            var response = await client.PostAsync(path, multipart ? Multipart() : UrlEncoded());
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            Assert.False(response.Headers.Contains("Set-Cookie"));
            app.Time.Advance(TimeSpan.FromHours(1));
        }
        await using var db = app.Store.Read();
        Assert.Equal([first, first, null], ids.Select(id => db.Contacts.Single(c => c.ContactId == id).UnsubscribedAt));
        Assert.Single(db.AuditEntries.Where(a => a.Action == "contact.unsubscribed"));
    }

    [Fact]
    public async Task A_get_only_asks_in_the_readers_language()
    {
        await using var app = await AppFactory.StartAsync();
        var (path, ids) = await LinkAsync(app);
        await AsksAsync("cs-CZ,cs;q=0.9,en;q=0.5", "cs", "ltr", "Odhlásit");
        await AsksAsync("fa", "fa", "rtl", "لغو اشتراک");
        await AsksAsync("xx", "en", "ltr", "Unsubscribe");
        await using var db = app.Store.Read();
        Assert.All(ids, id => Assert.Null(db.Contacts.Single(c => c.ContactId == id).UnsubscribedAt));

        async Task AsksAsync(string accept, string language, string direction, string button)
        {
            var client = app.Client(null);
            client.DefaultRequestHeaders.TryAddWithoutValidation("Accept-Language", accept);
            var response = await client.GetAsync(path);
            var html = await response.Content.ReadAsStringAsync();
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            Assert.Contains($"<html lang=\"{language}\" dir=\"{direction}\">", html, StringComparison.Ordinal);
            Assert.Contains($"<button>{WebUtility.HtmlEncode(button)}</button>", html, StringComparison.Ordinal);
            Assert.Contains("default-src 'none'", response.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_forged_link_is_not_there_and_a_wrong_body_is_told()
    {
        await using var app = await AppFactory.StartAsync();
        var (path, ids) = await LinkAsync(app);
        var client = app.Client(null);
        var forged = path[..^4] + (path.EndsWith("AAAA", StringComparison.Ordinal) ? "BBBB" : "AAAA");
        foreach (var wrong in new[] { forged, "/u/abc", "/u/" + new string('A', 200) })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync(wrong)).StatusCode);
            Assert.Equal(HttpStatusCode.NotFound, (await client.PostAsync(wrong, UrlEncoded())).StatusCode);
        }
        var broken = new StringContent("garbage");
        broken.Headers.ContentType = MediaTypeHeaderValue.Parse("multipart/form-data; boundary=x");
        foreach (var body in new HttpContent[] { new StringContent("List-Unsubscribe=No", Encoding.ASCII, "application/x-www-form-urlencoded"), new StringContent("{}"), broken })
            Assert.Equal(HttpStatusCode.BadRequest, (await client.PostAsync(path, body)).StatusCode);
        await using var db = app.Store.Read();
        Assert.All(ids, id => Assert.Null(db.Contacts.Single(c => c.ContactId == id).UnsubscribedAt));
    }

    /// <summary>A link for the second of two merged contacts; the third is another person.</summary>
    private static async Task<(string Path, Guid[] Ids)> LinkAsync(AppFactory app)
    {
        var workspace = (await app.WorkspaceAsync()).WorkspaceId;
        var now = app.Time.GetUtcNow();
        var ids = Enumerable.Range(0, 3).Select(_ => Guid.CreateVersion7(now)).ToArray();
        await app.Store.WriteAsync(async db =>
        {
            foreach (var (id, canonical) in new[] { (ids[0], ids[0]), (ids[1], ids[0]), (ids[2], ids[2]) })
                db.Contacts.Add(new Contact { WorkspaceId = workspace, ContactId = id, CanonicalId = canonical, FirstSignalAt = now, LastSignalAt = now, CreatedAt = now });
            await db.SaveChangesAsync();
        });
        return (new Uri(app.Get<UnsubscribeLinks>().UrlFor(workspace, ids[1])).AbsolutePath, ids);
    }
}
