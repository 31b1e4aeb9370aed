using Hark.Data.Model;
using Choice = Hark.Web.Infrastructure.Staff.Theme;

namespace Hark.Web.Features.Accounts;

/// <summary>Gives a browser the language and theme that its member has saved; what the member left open stays the browser's own.</summary>
internal static class SavedPreferences
{
    public static void Apply(HttpResponse response, Member member) =>
        Infrastructure.Staff.Preferences.Save(response, member.InterfaceLanguage, member.Theme is { } theme ? theme == Theme.Dark ? Choice.Dark : Choice.Light : null);
}
