using Hark.Data.Model;
using Hark.Data.Work;
using Hark.Domain.Calendars;
using Hark.Domain.Cases;
using Hark.Domain.Messages;
using NodaTime;

namespace Hark.Data.Messages;

/// <summary>A call-back as an invitation for the customer's calendar.</summary>
internal static class CallBackCalendar
{
    public static EmailCalendar Of(CallBack callBack, MailRecipient to, string workspace, string from, LanguageTexts texts, IReadOnlyDictionary<string, string?> values,
        DateTimeZone zone, DateTimeOffset now)
    {
        var method = callBack.State == CallBackState.Cancelled ? CalendarMethod.Cancel : CalendarMethod.Request;
        var host = from[(from.IndexOf('@') + 1)..];
        var invitation = new CalendarInvitation(method, $"callback-{callBack.CallBackId:N}@{host}", callBack.Sequence, Instant.FromDateTimeOffset(now),
            Instant.FromDateTimeOffset(callBack.SlotStart), Instant.FromDateTimeOffset(callBack.SlotEnd), zone, texts.Phrase("call_back_summary", values), from)
        {
            OrganizerName = workspace,
            AttendeeEmail = to.Email,
            AttendeeName = to.Name,
            Location = callBack.Phone,
            Description = texts.Phrase("footer_case", values),
        };
        return new EmailCalendar(ICalendarWriter.MethodName(method), ICalendarWriter.Write(invitation));
    }
}
