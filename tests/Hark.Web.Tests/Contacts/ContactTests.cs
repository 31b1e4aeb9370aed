using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Hark.Domain.Workspaces;
using Hark.Testing;
using Hark.Web.Testing;
using Xunit;

namespace Hark.Web.Tests.Contacts;

public sealed class ContactTests
{
    [Theory]
    [InlineData(TestStore.Sqlite)]
    [InlineData(TestStore.PostgreSql)]
    public async Task A_person_is_found_by_any_id_and_merges_can_be_taken_back(TestStore store)
    {
        await using var app = await AppFactory.StartAsync(store);
        using var sender = app.Client(await app.CreateSourceKeyAsync());
        await Sending.SendAsync(sender, new { id = "1", contact = new { email = "Jana@Example.com" } });
        await Sending.SendAsync(sender, new { id = "2", contact = new { phone = "+420 777 123 456" } });
        await Sending.SendAsync(sender, new { id = "3", contact = new { id = "c-1", name = "Jana" } });
        using var client = await app.AdminAsync();
        var email = await PersonAsync(client, "email=jana@example.com");
        var phone = await PersonAsync(client, "phone=777123456");
        Assert.NotEqual(email.GetProperty("contact_id").GetString(), phone.GetProperty("contact_id").GetString());

        // One signal that names number and address proves them to be one.
        await Sending.SendAsync(sender, new { id = "4", contact = new { id = "c-1", email = "jana@example.com" } });
        var both = await PersonAsync(client, "id=c-1");
        Assert.Equal((2, 3), (both.GetProperty("contact_ids").GetArrayLength(), both.GetProperty("signal_count").GetInt32()));
        Assert.Equal("same email", both.GetProperty("merges")[0].GetProperty("reason").GetString());

        var byHand = await client.PostAsJsonAsync($"/api/v1/contacts/{phone.GetProperty("contact_id").GetString()}/merge", new { into = email.GetProperty("contact_id").GetString() });
        Assert.Equal(HttpStatusCode.Created, byHand.StatusCode);
        Assert.Equal((3, 4), await SizesAsync(client, "phone=777123456"));
        Assert.Equal(HttpStatusCode.Conflict, (await client.PostAsJsonAsync($"/api/v1/contacts/{phone.GetProperty("contact_id").GetString()}/merge", new { into = both.GetProperty("contact_id").GetString() })).StatusCode);
        var undo = await client.PostAsync($"/api/v1/contacts/merges/{both.GetProperty("merges")[0].GetProperty("merge_id").GetString()}/undo", null);
        Assert.Equal(HttpStatusCode.OK, undo.StatusCode);
        Assert.Equal((2, 2), await SizesAsync(client, "phone=777123456"));
        Assert.Equal((1, 2), await SizesAsync(client, "id=c-1"));
    }

    [Fact]
    public async Task A_family_shares_an_address_and_stays_two_persons()
    {
        await using var app = await AppFactory.StartAsync();
        using var sender = app.Client(await app.CreateSourceKeyAsync());
        await Sending.SendAsync(sender, new { id = "1", contact = new { id = "anna", email = "family@example.com" } });
        await Sending.SendAsync(sender, new { id = "2", contact = new { id = "petr", email = "family@example.com" } });
        using var client = await app.AdminAsync();
        Assert.NotEqual((await PersonAsync(client, "id=anna")).GetProperty("contact_id").GetString(), (await PersonAsync(client, "id=petr")).GetProperty("contact_id").GetString());
        using var viewer = app.Client(await app.CreateTokenAsync(Role.Viewer));
        Assert.Equal(HttpStatusCode.Forbidden, (await viewer.GetAsync("/api/v1/contacts?id=anna")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync("/api/v1/contacts?id=nobody")).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await client.GetAsync("/api/v1/contacts")).StatusCode);
    }

    private static async Task<JsonElement> PersonAsync(HttpClient client, string query) => await client.GetFromJsonAsync<JsonElement>("/api/v1/contacts?" + query.Replace("+", "%2B", StringComparison.Ordinal));

    private static async Task<(int Contacts, int Signals)> SizesAsync(HttpClient client, string query)
    {
        var person = await PersonAsync(client, query);
        return (person.GetProperty("contact_ids").GetArrayLength(), person.GetProperty("signal_count").GetInt32());
    }
}
