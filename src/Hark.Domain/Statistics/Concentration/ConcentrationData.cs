namespace Hark.Domain.Statistics.Concentration;

/// <summary>What a column of <see cref="ConcentrationData"/> is about.</summary>
public enum SegmentRole
{
    /// <summary>Where, who or which: something one can go to.</summary>
    Place,

    /// <summary>A band of a measure (days of delivery) or a yes or no. It tells what went along and not where, so places are looked for first.</summary>
    Band,
}

/// <summary>One dimension by which answers can be told apart.</summary>
/// <param name="Codes">The value of every row, 1 and up; 0 where it is not known, which is no segment.</param>
/// <param name="Values">The highest code.</param>
public sealed record SegmentColumn(string Name, SegmentRole Role, ushort[] Codes, int Values);

/// <summary>The rows to search, column by column.</summary>
/// <param name="Outcome">What may be unusually high: 1 or 0 for a share, else any value.</param>
/// <param name="Share">Whether the outcome is a share.</param>
/// <param name="Strata">
/// Rows that are alike to begin with (heard at the same source), 0 to <paramref name="StrataCount"/> - 1: each is compared with its own, so that a place is not found
/// for being asked other questions. One stratum compares all with all.
/// </param>
public sealed record ConcentrationData(IReadOnlyList<SegmentColumn> Columns, float[] Outcome, bool Share, ushort[] Strata, int StrataCount);

/// <summary>How strict the search is.</summary>
/// <param name="MinimumCount">Fewest rows of a segment.</param>
/// <param name="Rate">False discovery rate over everything that was looked at.</param>
/// <param name="LeastRatio">How many times the share of the others a share must be to matter; for means a fifth of a standard deviation is asked for.</param>
/// <param name="Most">Findings at most.</param>
public sealed record ConcentrationOptions(int MinimumCount = 20, double Rate = 0.01, double LeastRatio = 1.2, int Most = 8);

/// <summary>One condition of a segment: the index of its column and its code there.</summary>
public readonly record struct SegmentCondition(int Column, int Code);

/// <summary>A part of the rows, told by one or two conditions.</summary>
public readonly record struct Segment(SegmentCondition First, SegmentCondition? Second);

/// <summary>A segment where the outcome is unusually high.</summary>
/// <param name="Count">Rows in it.</param>
/// <param name="Value">Share or mean in it, with its interval.</param>
/// <param name="Expected">What it would be if the segment were as the others of the same strata.</param>
/// <param name="Difference">Value less expected, with an interval widened for having been chosen (Y. Benjamini and D. Yekutieli, JASA 100 (2005) 71-81).</param>
/// <param name="Excess">Events more than expected (or the sum of the differences, for means).</param>
/// <param name="P">Of the test against the others; for a pair the largest of those against the others and against the rest of each of its two segments.</param>
/// <param name="Explains">Segments that were unusual too, but not without the rows of this one.</param>
public sealed record ConcentrationFinding(
    Segment Segment, int Count, Estimate Value, double Expected, Estimate Difference, double Excess, double P, IReadOnlyList<Segment> Explains);

/// <summary>The findings, those that explain most first.</summary>
/// <param name="Count">Rows searched.</param>
/// <param name="Value">Share or mean of all; null without rows.</param>
/// <param name="Tested">Segments that were looked at.</param>
public sealed record ConcentrationResult(int Count, double? Value, int Tested, IReadOnlyList<ConcentrationFinding> Findings);
