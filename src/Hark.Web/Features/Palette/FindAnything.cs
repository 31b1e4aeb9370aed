using Hark.Data.Cases;
using Hark.Data.Identity;
using Hark.Web.Infrastructure.Auth;

namespace Hark.Web.Features.Palette;

/// <summary>What the palette found, besides places, which the page knows by itself.</summary>
public sealed record PaletteFound(IReadOnlyList<CaseLine> Cases, IReadOnlyList<ContactHit> Contacts);

/// <summary>Cases by number, title or customer, and customers by name or address: those that the person may see.</summary>
internal sealed class FindAnything(CaseListQuery cases, ContactFinder contacts, TimeProvider time)
{
    private const int MostCases = 6, MostContacts = 6, Shortest = 2, Longest = 200;

    public async Task<PaletteFound> RunAsync(Caller caller, string words, CancellationToken cancellation)
    {
        words = words.Trim();
        var isNumber = words.TrimStart('#') is { Length: > 0 and < 19 } digits && digits.All(char.IsAsciiDigit);
        if ((words.Length < Shortest && !isNumber) || words.Length > Longest) return new([], []);
        var scope = caller.Cases;
        return new(
            await cases.ReadAsync(caller.WorkspaceId, scope, new CaseFilter { Text = words }, null, MostCases, time.GetUtcNow(), cancellation),
            isNumber ? [] : await contacts.FindAsync(caller.WorkspaceId, caller.Persons, words, MostContacts, cancellation));
    }
}
