using Hark.Data.Model;
using Hark.Data.Signals;
using Hark.Domain.Signals;
using Hark.Domain.Understanding;

namespace Hark.Data.Intake;

/// <summary>Between a prepared signal and its row, both ways.</summary>
public static class SignalFacts
{
    /// <summary>The row of a new signal; contact, case and what routing adds are filled in by intake.</summary>
    public static Signal ToRow(PreparedSignal s) => Write(s, new Signal
    {
        WorkspaceId = s.WorkspaceId,
        SignalId = s.SignalId,
        SourceId = s.SourceId,
        ExternalId = s.ExternalId,
        DedupeKey = s.DedupeKey,
        OccurredAt = s.OccurredAt,
        ReceivedAt = s.ReceivedAt,
        Channel = s.Channel,
        Kind = s.Kind,
    });

    /// <summary>The row of a signal that came again, changed: what was sent now stands, what was not sent now stays as it was.</summary>
    public static Signal Merge(Signal stored, PreparedSignal again)
    {
        var merged = Write(again, Copy(stored));
        merged.HasText |= stored.HasText;
        // Without new words those of before still speak; with new ones only what was given stays.
        var before = SignalJson.Topics(stored.Topics).Where(t => again.Text is null || t.IsGiven);
        merged.Topics = SignalJson.Write([.. again.Topics.Concat(before).DistinctBy(t => t.Key)]);
        KeepCorrected(merged, stored);
        merged.Revision = stored.Revision + 1;
        return merged;
    }

    /// <summary>What a person said of a signal stands, whatever its source sends again.</summary>
    private static void KeepCorrected(Signal merged, Signal stored)
    {
        if (stored.Trail is null) return;
        foreach (var field in SignalCorrection.Made(SignalJson.Trail(stored.Trail)))
        {
            switch (field)
            {
                case CorrectedField.Touchpoint: merged.Touchpoint = stored.Touchpoint; break;
                case CorrectedField.Location: merged.Location = stored.Location; break;
                case CorrectedField.Sku: merged.Sku = stored.Sku; break;
                case CorrectedField.Issue: merged.Issue = stored.Issue; break;
                case CorrectedField.Language: merged.Language = stored.Language; break;
                case CorrectedField.Severity: merged.Severity = stored.Severity; break;
                case CorrectedField.Topics: merged.Topics = stored.Topics; break;
                case CorrectedField.Sentiment:
                    (merged.SentimentLabel, merged.SentimentValue, merged.SentimentConfidence) = (stored.SentimentLabel, stored.SentimentValue, stored.SentimentConfidence);
                    if (merged.RatingScale is null) merged.Negative = stored.Negative;
                    break;
            }
        }
    }

    /// <summary>The words to keep; null when there are none.</summary>
    public static Verbatim? Words(PreparedSignal s, Guid signalId, Verbatim? stored)
    {
        var text = s.Text ?? stored?.Text;
        var answers = SignalJson.Write(s.Answers) ?? stored?.Answers;
        return text is null && answers is null ? null : new Verbatim { WorkspaceId = s.WorkspaceId, SignalId = signalId, Text = text, Answers = answers };
    }

    /// <summary>A stored signal as it was when it was prepared: for a dry run of rules, and for routing a changed signal.</summary>
    public static PreparedSignal ToPrepared(Signal s, Verbatim? words, string sourceName)
    {
        var trail = SignalJson.Trail(s.Trail);
        var prepared = new PreparedSignal
        {
            WorkspaceId = s.WorkspaceId,
            SignalId = s.SignalId,
            SourceId = s.SourceId,
            SourceName = sourceName,
            ExternalId = s.ExternalId,
            DedupeKey = s.DedupeKey,
            ContentHash = s.ContentHash,
            OccurredAt = s.OccurredAt,
            ReceivedAt = s.ReceivedAt,
            Channel = s.Channel,
            Kind = s.Kind,
            Touchpoint = s.Touchpoint,
            Rating = RatingOf(s),
            Text = words?.Text,
            Language = s.Language,
            Subject = new SubjectDraft(s.SubjectOrder, s.Sku, s.Location, s.Ticket, s.Issue),
            Consent = new(s.ConsentContactBack, s.ConsentResearch),
            Tags = SignalJson.Strings(s.Tags),
            Attributes = SignalJson.Values(s.Attributes),
            Answers = SignalJson.Answers(words?.Answers),
            Topics = SignalJson.Topics(s.Topics),
            Needs = UnderstandingEnricher.Needs(trail),
            Causes = UnderstandingEnricher.Causes(trail),
            Emotion = UnderstandingEnricher.Emotion(trail),
            Urgency = s.HasText ? UnderstandingEnricher.Urgency(trail) : null,
            Severity = s.Severity,
            Sentiment = s.SentimentLabel is { } label ? new(label, s.SentimentValue ?? 0, s.SentimentConfidence ?? 0) : null,
        };
        return prepared;
    }

    private static Signal Write(PreparedSignal s, Signal row)
    {
        row.ContentHash = s.ContentHash;
        row.OccurredAt = s.OccurredAt;
        row.Channel = s.Channel;
        row.Kind = s.Kind;
        row.Touchpoint = s.Touchpoint ?? row.Touchpoint;
        row.HasText = s.Text is not null;
        row.Language = s.Language ?? row.Language;
        row.SubjectOrder = s.Subject.Order ?? row.SubjectOrder;
        row.Sku = s.Subject.Sku ?? row.Sku;
        row.Location = s.Subject.Location ?? row.Location;
        row.Ticket = s.Subject.Ticket ?? row.Ticket;
        row.Issue = s.Subject.Issue ?? row.Issue;
        row.ConsentContactBack = s.Consent.ContactBack ?? row.ConsentContactBack;
        row.ConsentResearch = s.Consent.Research ?? row.ConsentResearch;
        row.Tags = SignalJson.Write(s.Tags) ?? row.Tags;
        row.Topics = SignalJson.Write(s.Topics) ?? row.Topics;
        row.Attributes = SignalJson.Write(s.Attributes) ?? row.Attributes;
        if (s.Severity == Severity.Critical) row.Severity = Severity.Critical;
        if (s.Rating is { } rating)
            (row.RatingScale, row.RatingValue, row.RatingMin, row.RatingMax, row.ScoreMilli) = (rating.Scale, rating.Value, rating.Min, rating.Max, rating.ScoreMilli);
        if (s.Sentiment is { } sentiment)
            (row.SentimentLabel, row.SentimentValue, row.SentimentConfidence) = (sentiment.Label, sentiment.Value, sentiment.Confidence);
        row.Negative = s.Negative ?? row.Negative;
        return row;
    }

    private static Rating? RatingOf(Signal s) =>
        s.RatingScale is { } scale && Rating.TryCreate(scale, s.RatingValue ?? double.NaN, s.RatingMin, s.RatingMax, out var rating, out _) ? rating : null;

    /// <summary>The same facts in a row of their own.</summary>
    public static Signal Copy(Signal s) => new()
    {
        WorkspaceId = s.WorkspaceId,
        SignalId = s.SignalId,
        SourceId = s.SourceId,
        ExternalId = s.ExternalId,
        DedupeKey = s.DedupeKey,
        ContentHash = s.ContentHash,
        OccurredAt = s.OccurredAt,
        ReceivedAt = s.ReceivedAt,
        Channel = s.Channel,
        Kind = s.Kind,
        Touchpoint = s.Touchpoint,
        RatingScale = s.RatingScale,
        RatingValue = s.RatingValue,
        RatingMin = s.RatingMin,
        RatingMax = s.RatingMax,
        ScoreMilli = s.ScoreMilli,
        Negative = s.Negative,
        HasText = s.HasText,
        Language = s.Language,
        SentimentLabel = s.SentimentLabel,
        SentimentValue = s.SentimentValue,
        SentimentConfidence = s.SentimentConfidence,
        Severity = s.Severity,
        ContactId = s.ContactId,
        AccountId = s.AccountId,
        Cohort = s.Cohort,
        Persona = s.Persona,
        SubjectOrder = s.SubjectOrder,
        Sku = s.Sku,
        Location = s.Location,
        Ticket = s.Ticket,
        Issue = s.Issue,
        ConsentContactBack = s.ConsentContactBack,
        ConsentResearch = s.ConsentResearch,
        Tags = s.Tags,
        Topics = s.Topics,
        Segments = s.Segments,
        Attributes = s.Attributes,
        Trail = s.Trail,
        CaseId = s.CaseId,
        Revision = s.Revision,
    };
}
