using Hark.Domain.Signals;

namespace Hark.Web.Components.Shared;

public sealed partial class ChannelIcon
{
    internal static string NameOf(Channel channel) => channel switch
    {
        Channel.Web => "world",
        Channel.App => "device-mobile",
        Channel.Email => "mail",
        Channel.Sms => "message-2",
        Channel.Chat => "messages",
        Channel.Push => "bell",
        Channel.Kiosk => "device-tablet",
        Channel.Call => "phone",
        Channel.Store => "building-store",
        Channel.Review => "star",
        Channel.Ticket => "ticket",
        Channel.Social => "speakerphone",
        Channel.Meeting => "presentation",
        Channel.Usage => "device-analytics",
    };
}
