namespace Hark.Data.Metrics;

/// <summary>What can be asked of <c>GET /api/v1/metrics</c>. Names as <see cref="Domain.Common.EnumNames{T}"/> writes them.</summary>
public enum Metric
{
    /// <summary>Signals.</summary>
    Count,

    /// <summary>−100 to 100 over NPS ratings; adjusted Wald.</summary>
    Nps,

    /// <summary>Top-2-box: the share (0 to 1) of 4 and 5 among CSAT ratings; Wilson.</summary>
    Csat,

    /// <summary>Mean CSAT rating, 1 to 5; Student's t.</summary>
    CsatMean,

    /// <summary>Mean CES 2.0 rating, 1 to 7; Student's t.</summary>
    CesMean,

    /// <summary>Mean score, 0 to 100, over all scales; Student's t.</summary>
    Score,

    /// <summary>The share (0 to 1) of negative signals among those of which it is known; Wilson.</summary>
    NegativeRate,

    /// <summary>The share (0 to 1) of signals with words; Wilson.</summary>
    CommentRate,

    /// <summary>Answers among those who were asked. Hark does not ask yet (prompts), so nobody was: <c>n</c> is 0 and there is no value.</summary>
    ResponseRate,

    /// <summary>Cases, by when they were opened.</summary>
    CasesOpened,

    /// <summary>Cases open at the end of each bucket.</summary>
    CasesOpen,

    /// <summary>Median working seconds until a person took the case, by when the clock started; open cases are censored.</summary>
    TimeToAcknowledge,

    /// <summary>The same until the customer had a first answer.</summary>
    TimeToRespond,

    /// <summary>The same until the case was resolved.</summary>
    TimeToResolve,

    /// <summary>The same until the customer confirmed.</summary>
    TimeToVerify,
}
