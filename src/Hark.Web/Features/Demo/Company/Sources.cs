using Hark.Data.Workspaces;
using Hark.Domain.Signals;

namespace Hark.Web.Features.Demo.Company;

/// <summary>The feeds of the sample company and the teams that own them.</summary>
internal static class Sources
{
    public const string Support = "support", Logistics = "logistics", Shops = "stores", Product = "product", Success = "success";

    public const string Web = "Web survey", Delivery = "Delivery e-mail survey", Relationship = "Relationship e-mail survey", Kiosk = "Store kiosks", Chat = "Support chat",
        Sms = "SMS after a call", App = "Mobile app", Reviews = "Shop reviews", Floor = "Store staff notes", HelpDesk = "Help desk", Usage = "Portal usage", Meetings = "Account meetings";

    public static SourceSettings[] All { get; } =
    [
        Of(Web, Channel.Web, SignalKind.Direct, null, Product, 48, 7),
        Of(Delivery, Channel.Email, SignalKind.Direct, "delivery", Logistics, 24, 7),
        Of(Relationship, Channel.Email, SignalKind.Direct, "recommendation", Support, 48, 42),
        Of(Kiosk, Channel.Kiosk, SignalKind.Direct, "store-visit", Shops, 48, 1),
        Of(Chat, Channel.Chat, SignalKind.Direct, "support-chat", Support, 24, 1),
        Of(Sms, Channel.Sms, SignalKind.Direct, "support-call", Support, 24, 1),
        Of(App, Channel.App, SignalKind.Direct, "app", Product, 48, 14),
        Of(Reviews, Channel.Review, SignalKind.Indirect, "product", Product, 48, 1),
        Of(Floor, Channel.Store, SignalKind.Indirect, "store-visit", Shops, null, 7),
        Of(HelpDesk, Channel.Ticket, SignalKind.Indirect, "support-ticket", Support, 24, 1),
        Of(Usage, Channel.Usage, SignalKind.Inferred, "portal", Success, null, 7),
        Of(Meetings, Channel.Meeting, SignalKind.Indirect, "account-review", Success, 48, 42),
    ];

    private static SourceSettings Of(string name, Channel channel, SignalKind kind, string? touchpoint, string owner, int? window, int cadence) => new()
    {
        Name = name,
        Channel = channel,
        Kind = kind,
        Touchpoint = touchpoint,
        OwnerTeam = owner,
        ResponseWindowHours = window,
        CadenceDays = cadence,
    };
}
