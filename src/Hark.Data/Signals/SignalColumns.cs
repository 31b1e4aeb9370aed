using System.Data.Common;
using Hark.Data.Model;
using Hark.Data.Store;
using Hark.Domain.Common;
using Hark.Domain.Signals;

namespace Hark.Data.Signals;

/// <summary>The columns of <c>signals</c> for hand-written SQL, side by side with how a row is read: one list, one mapper.</summary>
public static class SignalColumns
{
    public static Columns<Signal> All { get; } = new Columns<Signal>()
        .Uuid("workspace_id", s => s.WorkspaceId).Uuid("signal_id", s => s.SignalId).Uuid("source_id", s => s.SourceId).Text("external_id", s => s.ExternalId)
        .Uuid("dedupe_key", s => s.DedupeKey).Long("content_hash", s => s.ContentHash).Time("occurred_at", s => s.OccurredAt).Time("received_at", s => s.ReceivedAt)
        .Text("channel", s => EnumNames<Channel>.Of(s.Channel)).Text("kind", s => EnumNames<SignalKind>.Of(s.Kind)).Text("touchpoint", s => s.Touchpoint)
        .Text("rating_scale", s => s.RatingScale is { } scale ? EnumNames<RatingScale>.Of(scale) : null).Double("rating_value", s => s.RatingValue)
        .Double("rating_min", s => s.RatingMin).Double("rating_max", s => s.RatingMax).Int("score_milli", s => s.ScoreMilli).Bool("negative", s => s.Negative)
        .Bool("has_text", s => s.HasText).Text("language", s => s.Language)
        .Text("sentiment_label", s => s.SentimentLabel is { } label ? EnumNames<SentimentLabel>.Of(label) : null)
        .Double("sentiment_value", s => s.SentimentValue).Double("sentiment_confidence", s => s.SentimentConfidence)
        .Text("severity", s => EnumNames<Severity>.Of(s.Severity)).Uuid("contact_id", s => s.ContactId).Uuid("account_id", s => s.AccountId)
        .Text("cohort", s => s.Cohort).Text("persona", s => s.Persona).Text("subject_order", s => s.SubjectOrder).Text("sku", s => s.Sku)
        .Text("location", s => s.Location).Text("ticket", s => s.Ticket).Text("issue", s => s.Issue).Bool("consent_contact_back", s => s.ConsentContactBack)
        .Bool("consent_research", s => s.ConsentResearch).Text("tags", s => s.Tags).Text("topics", s => s.Topics).Text("segments", s => s.Segments)
        .Text("attributes", s => s.Attributes).Text("trail", s => s.Trail).Uuid("case_id", s => s.CaseId).Int("revision", s => s.Revision);

    /// <summary>The names, each with the alias <c>s.</c>, in the order that <see cref="Read"/> expects.</summary>
    public static string Select { get; } = string.Join(", ", All.Select(c => "s." + c.Name));

    /// <summary>How many columns <see cref="Read"/> takes; what a query adds comes after them.</summary>
    public static int Count => All.Count;

    public static Signal Read(DbDataReader r, ISqlDialect d)
    {
        var i = 0;
        return new Signal
        {
            WorkspaceId = d.ReadGuid(r, i++),
            SignalId = d.ReadGuid(r, i++),
            SourceId = d.ReadGuid(r, i++),
            ExternalId = r.Text(i++),
            DedupeKey = d.ReadGuid(r, i++),
            ContentHash = r.GetInt64(i++),
            OccurredAt = d.ReadTime(r, i++),
            ReceivedAt = d.ReadTime(r, i++),
            Channel = EnumNames<Channel>.Parse(r.GetString(i++)),
            Kind = EnumNames<SignalKind>.Parse(r.GetString(i++)),
            Touchpoint = r.Text(i++),
            RatingScale = r.Text(i++) is { } scale ? EnumNames<RatingScale>.Parse(scale) : null,
            RatingValue = r.Number(i++),
            RatingMin = r.Number(i++),
            RatingMax = r.Number(i++),
            ScoreMilli = (int?)r.Whole(i++),
            Negative = d.Truth(r, i++),
            HasText = d.ReadBool(r, i++),
            Language = r.Text(i++),
            SentimentLabel = r.Text(i++) is { } label ? EnumNames<SentimentLabel>.Parse(label) : null,
            SentimentValue = r.Number(i++),
            SentimentConfidence = r.Number(i++),
            Severity = EnumNames<Severity>.Parse(r.GetString(i++)),
            ContactId = d.Id(r, i++),
            AccountId = d.Id(r, i++),
            Cohort = r.Text(i++),
            Persona = r.Text(i++),
            SubjectOrder = r.Text(i++),
            Sku = r.Text(i++),
            Location = r.Text(i++),
            Ticket = r.Text(i++),
            Issue = r.Text(i++),
            ConsentContactBack = d.Truth(r, i++),
            ConsentResearch = d.Truth(r, i++),
            Tags = r.Text(i++),
            Topics = r.Text(i++),
            Segments = r.Text(i++),
            Attributes = r.Text(i++),
            Trail = r.Text(i++),
            CaseId = d.Id(r, i++),
            Revision = r.GetInt32(i),
        };
    }
}
