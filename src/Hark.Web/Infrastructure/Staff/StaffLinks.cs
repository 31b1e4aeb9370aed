using System.Globalization;

namespace Hark.Web.Infrastructure.Staff;

/// <summary>Addresses that several features link to.</summary>
public static class StaffLinks
{
    public static string Case(long number) => string.Create(CultureInfo.InvariantCulture, $"/inbox/{number}");

    public static string Contact(Guid contactId) => $"/customers/{contactId}";
}
