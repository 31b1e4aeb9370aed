using Hark.Domain.Signals;
using Hark.Domain.Signals.Mapping;
using Xunit;

namespace Hark.Domain.Tests.Signals.Mapping;

public sealed class MappingGuessTests
{
    [Fact]
    public void Qualtrics_has_three_header_rows_and_an_nps_question()
    {
        string[] columns = ["StartDate", "EndDate", "Status", "IPAddress", "RecordedDate", "ResponseId", "RecipientFirstName", "RecipientEmail", "UserLanguage", "Q1_NPS", "Q1_NPS_GROUP", "Q2"];
        string[] row = ["2026-01-01 10:00:00", "2026-01-01 10:01:00", "IP Address", "1.2.3.4", "2026-01-01 10:01:05", "R_1", "Jana", "jana@example.com", "CS", "9", "3", "Moc hezké, děkuji za dodání"];
        Assert.Equal(new HeaderRows(1, 2, false), MappingGuess.HeaderOf(columns));
        var draft = Map(columns, row, out var mapping);
        Assert.Equal("Qualtrics", mapping.Name);
        Assert.Equal(("R_1", "nps", 9.0, "jana@example.com"), (draft.Id, draft.Rating!.Scale, draft.Rating.Value, draft.Contact!.Email));
        Assert.Equal("Moc hezké, děkuji za dodání", draft.Text);
        Assert.Single(mapping.SkipWhen);
    }

    [Fact]
    public void SurveyMonkey_combines_its_second_row()
    {
        string[] columns = ["Respondent ID", "Collector ID", "Start Date", "End Date", "IP Address", "Email Address", "First Name", "Last Name", "How satisfied are you?", "Anything else?"];
        Assert.Equal(new HeaderRows(1, 1, true), MappingGuess.HeaderOf(columns));
        var draft = Map(columns, ["118", "9", "1/2/2026 3:04:05 PM", "1/2/2026 3:05:05 PM", "", "a@example.com", "Ann", "Lee", "4", "It came late and was broken"], out _);
        Assert.Equal(("118", "csat", 4.0), (draft.Id, draft.Rating!.Scale, draft.Rating.Value));
        Assert.Equal("Ann Lee", draft.Contact!.Name);
        Assert.Equal(new DateTimeOffset(2026, 1, 2, 15, 5, 5, TimeSpan.Zero), draft.OccurredAt);
    }

    [Fact]
    public void Typeform_and_Google_Forms_are_found_by_their_questions()
    {
        var typeform = Map(["#", "How likely are you to recommend us?", "Why?", "Start Date (UTC)", "Submit Date (UTC)", "Network ID"], ["abc", "10", "Quick", "2026-01-01 10:00:00", "2026-01-01 10:01:00", "x"], out _);
        Assert.Equal(("abc", "nps", 10.0, "Quick"), (typeform.Id, typeform.Rating!.Scale, typeform.Rating.Value, typeform.Text));
        var forms = Map(["Timestamp", "Email Address", "How easy was it?", "Comments"], ["5/31/2026 14:02:11", "x@example.com", "6", "Easy"], out _);
        Assert.Equal(("ces", 6.0, "Easy", "x@example.com"), (forms.Rating!.Scale, forms.Rating.Value, forms.Text, forms.Contact!.Email));
        Assert.Equal(new DateTimeOffset(2026, 5, 31, 14, 2, 11, TimeSpan.Zero), forms.OccurredAt);
    }

    [Fact]
    public void Reviews_of_Trustpilot_Google_Play_and_Google_Business_are_known()
    {
        var trustpilot = Map(["Review ID", "Review Created (UTC)", "Review Consumer User ID", "Review Username", "Review Title", "Review Content", "Review Stars", "Domain URL"],
            ["r1", "2026-01-01 10:00:00", "u1", "Ann", "Late", "Three days late", "2", "x.example"], out _);
        Assert.Equal(("r1", Channel.Review, 2.0, "Late\nThree days late"), (trustpilot.Id, trustpilot.Channel, trustpilot.Rating!.Value, trustpilot.Text));
        var play = Map(["Package Name", "Reviewer Language", "Device", "Review Last Update Millis Since Epoch", "Star Rating", "Review Title", "Review Text", "Review Link"],
            ["app.x", "cs", "pixel", "1700000000000", "5", "", "Super", "http://r/1"], out _);
        Assert.Equal(("http://r/1", "Super", "cs", 5.0), (play.Id, play.Text, play.Language, play.Rating!.Value));
        var business = Map(["name", "reviewId", "reviewer.displayName", "starRating", "comment", "createTime"],
            ["accounts/1/locations/77/reviews/9", "9", "Ann", "FOUR", "(Translated by Google) Good (Original) Dobré", "2026-01-01T10:00:00.123456789Z"], out _, FileFormat.Json);
        Assert.Equal(("9", 4.0, "77", "Dobré"), (business.Id, business.Rating!.Value, business.Subject!.Location, business.Text));
    }

    [Fact]
    public void Delighted_and_tickets_are_known()
    {
        var delighted = Map(["id", "survey_type", "score", "comment", "permalink", "created_at", "person.email", "tags"], ["1", "nps", "3", "Slow", "http://d", "1700000000", "a@example.com", "a;b"], out _, FileFormat.Json);
        Assert.Equal(("nps", 3.0, "a@example.com"), (delighted.Rating!.Scale, delighted.Rating.Value, delighted.Contact!.Email));
        Assert.Equal(["a", "b"], delighted.Tags);
        var ticket = Map(["id", "subject", "description", "status", "priority", "requester_id", "created_at", "satisfaction_rating.score", "tags"],
            ["7", "Broken", "It does not start", "open", "high", "55", "2026-01-01T10:00:00Z", "bad", "x"], out _, FileFormat.Ndjson);
        Assert.Equal(("ticket-7", "7", "It does not start", 0.0, Channel.Ticket), (ticket.Id, ticket.Subject!.Ticket, ticket.Text, ticket.Rating!.Value, ticket.Channel));
    }

    [Theory]
    [InlineData("Datum", "Doporučil byste nás?", "Komentář")]
    [InlineData("Dátum", "Odporučili by ste nás?", "Komentár")]
    [InlineData("Дата", "Бихте ли ни препоръчали?", "Коментар")]
    [InlineData("Дата", "Порекомендуете нас?", "Комментарий")]
    [InlineData("تاریخ", "توصیه می‌کنید؟", "نظر")]
    public void Columns_are_known_in_the_languages_of_Hark(string date, string nps, string comment)
    {
        var draft = Map([date, nps, comment], ["24.12.2026", "8", "ok"], out _);
        Assert.Equal(("nps", 8.0, "ok", new DateTimeOffset(2026, 12, 24, 0, 0, 0, TimeSpan.Zero)), (draft.Rating!.Scale, draft.Rating.Value, draft.Text, draft.OccurredAt!.Value));
    }

    [Fact]
    public void A_number_is_nps_only_where_the_header_says_so()
    {
        Assert.Null(Map(["visits", "comment"], ["9", "fine"], out _).Rating);
        Assert.Equal("custom", Map(["score", "comment"], ["9", "fine"], out _).Rating!.Scale);
        Assert.Equal("stars", Map(["Rating", "comment"], ["4", "fine"], out _).Rating!.Scale);
        Assert.Null(Map(["process", "comment"], ["4", "fine"], out _).Rating);
    }

    [Fact]
    public void Our_own_shape_is_not_mapped() =>
        Assert.Equal(RecordShape.Signal, MappingGuess.Guess(FileFormat.Ndjson, ["id", "occurred_at", "rating.scale", "rating.value", "text", "attributes.x"], []).Shape);

    private static SignalDraft Map(string[] columns, string[] row, out SignalMapping mapping, FileFormat format = FileFormat.Csv)
    {
        var guess = MappingGuess.Guess(format, columns, [row]);
        mapping = SignalMapping.Parse(guess.ToJson()).Value; // as printed, kept and passed back
        var draft = SignalMapper.Bind(mapping, columns, []).Value.Map(new Cells(row), out var errors);
        Assert.True(errors is null, errors?.ToString());
        return draft;
    }

    private sealed class Cells(string[] values) : IRecordCells
    {
        public Scalar Cell(int column) => Scalar.Of(values[column]);
    }
}
