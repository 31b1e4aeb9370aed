using Hark.Domain.Common;

namespace Hark.Domain.Signals.Mapping;

/// <summary>How a file that is imported is written.</summary>
public enum FileFormat { Csv, Json, Ndjson }

/// <summary>What the records of a file are: rows to be mapped, or signals in the shape of the API already.</summary>
public enum RecordShape { Mapped, Signal }

/// <summary>
/// How a file of another product becomes signals: an edited JSON document, kept beside the file or with the source. What it does not say is found out from the file.
/// </summary>
public sealed record SignalMapping
{
    public const int MaxFields = 300, MaxJoins = 16;

    /// <summary>The fields of a signal that a mapping may fill; attributes, traits and answers beside them.</summary>
    public static IReadOnlyList<string> Targets => MappingTargets.Names;

    public string? Name { get; init; }

    /// <summary>Null: by content.</summary>
    public FileFormat? Format { get; init; }

    public RecordShape Shape { get; init; }

    /// <summary>A name such as <c>utf-8</c>, <c>utf-16</c> or <c>windows-1250</c>. Null: by byte order mark, then by content.</summary>
    public string? Encoding { get; init; }

    /// <summary>CSV only. Null: whichever of comma, semicolon, tab and bar the first lines agree on.</summary>
    public char? Delimiter { get; init; }

    public char Quote { get; init; } = '"';

    public HeaderRows Header { get; init; } = new(1, 0, false);

    /// <summary>JSON only: the names, joined by dots, under which the list of records stands. Null: the document is the list, or its only list is meant.</summary>
    public string? Records { get; init; }

    /// <summary>Texts that mean "no value", whatever their case. The empty text always does.</summary>
    public IReadOnlyList<string> Missing { get; init; } = [];

    /// <summary>IANA zone of times without an offset.</summary>
    public string Zone { get; init; } = "UTC";

    /// <summary>What a time means that the clocks show twice or never.</summary>
    public DstRule Dst { get; init; }

    /// <summary>Null: a dot, and a comma in a number is an error rather than a guess.</summary>
    public char? Decimal { get; init; }

    /// <summary>A record for which one of these holds is passed over and counted as skipped.</summary>
    public IReadOnlyList<SkipCondition> SkipWhen { get; init; } = [];

    public KeepRule? Keep { get; init; }

    /// <summary>Other files, in the order in which they are looked up: a later one may be joined on a column of an earlier one.</summary>
    public IReadOnlyList<JoinSpec> Joins { get; init; } = [];

    public IReadOnlyList<FieldSpec> Fields { get; init; } = [];

    /// <summary>Reads a mapping; every error names its line and column.</summary>
    public static Result<SignalMapping> Parse(ReadOnlyMemory<byte> utf8)
    {
        if (JsonSource.Parse(utf8, out var errors) is not { } root) return errors.ToError();
        var mapping = new SignalMappingReader(errors).Read(root);
        return errors.Any || mapping is null ? errors.ToError() : mapping;
    }

    /// <inheritdoc cref="Parse(ReadOnlyMemory{byte})"/>
    public static Result<SignalMapping> Parse(string json) => Parse(System.Text.Encoding.UTF8.GetBytes(json));

    /// <summary>The document, indented, as a person would go on editing it.</summary>
    public string ToJson() => SignalMappingWriter.Write(this);
}

/// <param name="Row">Which row, from 1, has the names of the columns; 0 when none has, and columns are called 1, 2, 3.</param>
/// <param name="Skip">How many rows after it are no records: Qualtrics has two, SurveyMonkey one.</param>
/// <param name="Combine">A blank name repeats the one before it, and the next row's label is added after a slash (SurveyMonkey's choices).</param>
public sealed record HeaderRows(int Row, int Skip, bool Combine);

/// <summary>What happens to a local time that comes twice (clocks set back) or never (clocks set forward).</summary>
public enum DstRule
{
    /// <summary>The first of the two; a time that never was moves on by the length of the gap.</summary>
    Earlier,

    /// <summary>The second of the two; a time that never was moves on by the length of the gap.</summary>
    Later,

    /// <summary>The record is rejected.</summary>
    Reject,
}

/// <summary>Exactly one of the tests is set. Texts are compared without regard to case.</summary>
/// <param name="Pattern">A regular expression found anywhere in the value.</param>
public sealed record SkipCondition(string Column, IReadOnlyList<string>? Is, IReadOnlyList<string>? Not, bool? Empty, string? Pattern);

/// <summary>Of the records that agree in some columns only the last counts; the others are skipped.</summary>
/// <param name="By">The columns that say what belongs together.</param>
/// <param name="Order">The column whose greatest value is the last; null for the order in the file. Numbers are compared as numbers.</param>
public sealed record KeepRule(IReadOnlyList<string> By, string? Order);

/// <summary>Which row of a joined file counts when several have the key.</summary>
public enum JoinTake { First, Last }

/// <summary>A file of which the rows belonging to a record are looked up. It is held in memory, but only the columns that are used.</summary>
/// <param name="Name">Its columns are called <c>name.column</c>.</param>
/// <param name="File">Path, relative to the imported file.</param>
/// <param name="Key">The joined file's own column.</param>
/// <param name="On">The column of the record, or of an earlier join, that holds the key.</param>
public sealed record JoinSpec(string Name, string File, string Key, string On, JoinTake Take, IReadOnlyList<AggregateSpec> Aggregates)
{
    public string? Encoding { get; init; }
    public char? Delimiter { get; init; }
}

public enum AggregateOperation { Count, Sum, Min, Max, Distinct }

/// <summary>A further column of a join: one figure over all its rows with the key. Min and max compare numbers as numbers, other texts by code point.</summary>
public sealed record AggregateSpec(string Name, AggregateOperation Operation, string? Column);

/// <param name="Target">The field of a signal: <c>contact.email</c>, <c>attributes.delivery_days</c>.</param>
/// <param name="Values">One value; several for tags and topics.</param>
public sealed record FieldSpec(string Target, IReadOnlyList<ValueSpec> Values);

/// <summary>Where a value comes from and what is done to it, in the order of the members.</summary>
public sealed record ValueSpec
{
    /// <summary>Exactly one origin is set.</summary>
    public string? Column { get; init; }
    public Scalar? Constant { get; init; }

    /// <summary>Text with <c>{column}</c> in it; no value when every column in it has none.</summary>
    public string? Template { get; init; }
    public IReadOnlyList<string>? Concat { get; init; }
    public string Separator { get; init; } = " ";
    public IReadOnlyList<string>? FirstOf { get; init; }
    public BetweenSpec? Between { get; init; }
    public CompareSpec? Compare { get; init; }

    public bool Trim { get; init; } = true;

    /// <summary>The first group, or the whole match when there is none; no value where it does not match.</summary>
    public string? Regex { get; init; }
    public TextCase? Case { get; init; }

    /// <summary>Longer texts lose their end, an ellipsis in its place.</summary>
    public int? Cut { get; init; }

    /// <summary>Values by text, whatever its case. A null means no value.</summary>
    public IReadOnlyDictionary<string, Scalar>? Map { get; init; }
    public MapElse Else { get; init; }
    public Scalar ElseValue { get; init; }
    public char? Decimal { get; init; }
    public RescaleSpec? Rescale { get; init; }
    public double? Multiply { get; init; }
    public double? Add { get; init; }

    /// <summary>Decimal places, halves away from zero.</summary>
    public int? Round { get; init; }

    /// <summary>Formats of a time: .NET custom formats, <c>iso</c>, <c>unix</c> (seconds) or <c>unix_ms</c>.</summary>
    public IReadOnlyList<string> Dates { get; init; } = [];
    public string? Zone { get; init; }
    public DstRule? Dst { get; init; }
    public Scalar? Default { get; init; }
    public ScalarType? As { get; init; }

    /// <summary>Tags and topics only: what stands between several values in one text.</summary>
    public string? Split { get; init; }

    /// <summary>True: the file may lack the column.</summary>
    public bool Optional { get; init; }
}

public enum TextCase { Lower, Upper }

/// <summary>What becomes of a value that a map does not name.</summary>
public enum MapElse { Reject, Keep, Value }

public enum ScalarType { Text, Number, Truth, Date }

public enum TimeUnit { Seconds, Minutes, Hours, Days, CalendarDays }

/// <summary>The time from one column to another, negative when they come the other way round. Calendar days count midnights in the zone of the mapping.</summary>
public sealed record BetweenSpec(string From, string To, TimeUnit Unit);

/// <param name="Operator">One of &lt; &lt;= &gt; &gt;= = !=.</param>
public sealed record CompareSpec(string Left, string Operator, string Right, CompareType Type);

/// <summary><see cref="CalendarDate"/> compares days, the others what their name says.</summary>
public enum CompareType { Date, CalendarDate, Number, Text }

/// <summary>Linear: <c>from</c> [0, 100] to [0, 10].</summary>
public sealed record RescaleSpec(double FromMin, double FromMax, double ToMin, double ToMax);
