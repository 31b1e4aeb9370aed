using System.Text;
using System.Text.RegularExpressions;
using Hark.Domain.Common;

namespace Hark.Domain.Signals.Mapping;

/// <summary>A value of a mapping with its columns found: evaluated once per record.</summary>
internal sealed class ValueExpression
{
    private readonly ValueSpec _spec;
    private readonly ColumnRef[] _columns;
    private readonly IReadOnlyList<(string Text, bool IsColumn)> _template;
    private readonly HashSet<string> _missing;
    private readonly Regex? _regex;
    private readonly char? _decimal;
    private readonly bool _isPlain;

    public ValueExpression(ValueSpec spec, ColumnRef[] columns, SignalMapping mapping, HashSet<string> missing)
    {
        (_spec, _columns, _missing) = (spec, columns, missing);
        _template = spec.Template is { } template ? TemplateParts.Parse(template) ?? [] : [];
        _regex = spec.Regex is { } pattern ? new Regex(pattern, RegexOptions.CultureInvariant | RegexOptions.Compiled, ValueSpecReader.PatternTime) : null;
        _decimal = spec.Decimal ?? mapping.Decimal;
        Times = new TimeTexts(spec.Dates, spec.Zone ?? mapping.Zone, spec.Dst ?? mapping.Dst);
        _isPlain = spec is { Regex: null, Case: null, Cut: null, Map: null, Rescale: null, Multiply: null, Add: null, Round: null };
    }

    public TimeTexts Times { get; }

    public string? Split => _spec.Split;

    public ScalarType? As => _spec.As;

    public char? Decimal => _decimal;

    /// <summary>The names of the columns a value needs, in the order in which the constructor wants them.</summary>
    public static IEnumerable<string> ColumnsOf(ValueSpec spec) => spec switch
    {
        { Column: { } column } => [column],
        { Template: { } template } => (TemplateParts.Parse(template) ?? []).Where(p => p.IsColumn).Select(p => p.Text),
        { Concat: { } concat } => concat,
        { FirstOf: { } first } => first,
        { Between: { } between } => [between.From, between.To],
        { Compare: { } compare } => [compare.Left, compare.Right],
        _ => [],
    };

    /// <summary>False with the reason where the value cannot be had. A null value is none.</summary>
    public bool TryEvaluate(RecordView record, out Scalar value, out string? problem)
    {
        if (!TryOrigin(record, out value, out problem)) return false;
        if (!_isPlain && value.Kind != System.Text.Json.JsonValueKind.Null && !TryTransform(ref value, out problem)) return false;
        if (value.Kind == System.Text.Json.JsonValueKind.Null && _spec.Default is { } fallback) value = fallback;
        return true;
    }

    private bool TryOrigin(RecordView record, out Scalar value, out string? problem)
    {
        problem = null;
        switch (_spec)
        {
            case { Column: not null }:
                value = Read(record, 0);
                return true;
            case { Constant: { } constant }:
                value = constant;
                return true;
            case { Template: not null }:
                value = Fill(record);
                return true;
            case { Concat: not null }:
                var parts = Enumerable.Range(0, _columns.Length).Select(i => Read(record, i).ToString()).Where(t => t.Length > 0).ToList();
                value = parts.Count == 0 ? default : Scalar.Of(string.Join(_spec.Separator, parts));
                return true;
            case { FirstOf: not null }:
                value = default;
                for (var i = 0; i < _columns.Length && value.Kind == System.Text.Json.JsonValueKind.Null; i++) value = Read(record, i);
                return true;
            case { Between: { } between }:
                return TryBetween(record, between, out value, out problem);
            case { Compare: { } compare }:
                return TryCompare(record, compare, out value, out problem);
            default:
                value = default;
                return true;
        }
    }

    private Scalar Read(RecordView record, int index)
    {
        if (_columns[index].Column < 0) return default;
        var value = record[_columns[index]];
        if (value.Text is not { } text) return value;
        if (_spec.Trim && text.Length > 0 && (char.IsWhiteSpace(text[0]) || char.IsWhiteSpace(text[^1])))
        {
            text = text.Trim();
            value = Scalar.Of(text);
        }
        return text.Length == 0 || (_missing.Count > 0 && _missing.Contains(text)) ? default : value;
    }

    private Scalar Fill(RecordView record)
    {
        var (text, index, filled, columns) = (new StringBuilder(), 0, false, _columns.Length > 0);
        foreach (var part in _template)
        {
            var piece = part.IsColumn ? Read(record, index++).ToString() : part.Text;
            filled |= part.IsColumn && piece.Length > 0;
            text.Append(piece);
        }
        return columns && !filled ? default : Scalar.Of(text.ToString());
    }

    private bool TryBetween(RecordView record, BetweenSpec between, out Scalar value, out string? problem)
    {
        (value, problem) = (default, null);
        var (from, to) = (Read(record, 0), Read(record, 1));
        if (from.Kind == System.Text.Json.JsonValueKind.Null || to.Kind == System.Text.Json.JsonValueKind.Null) return true;
        if (between.Unit == TimeUnit.CalendarDays)
        {
            if (!Times.TryReadDate(from, out var first, out problem) || !Times.TryReadDate(to, out var last, out problem)) return false;
            value = Scalar.Of(last.DayNumber - first.DayNumber);
            return true;
        }
        if (!Times.TryRead(from, out var start, out problem) || !Times.TryRead(to, out var end, out problem)) return false;
        var span = end - start;
        value = Scalar.Of(between.Unit switch
        {
            TimeUnit.Seconds => span.TotalSeconds,
            TimeUnit.Minutes => span.TotalMinutes,
            TimeUnit.Hours => span.TotalHours,
            TimeUnit.Days or TimeUnit.CalendarDays => span.TotalDays,
        });
        return true;
    }

    private bool TryCompare(RecordView record, CompareSpec compare, out Scalar value, out string? problem)
    {
        (value, problem) = (default, null);
        var (left, right) = (Read(record, 0), Read(record, 1));
        if (left.Kind == System.Text.Json.JsonValueKind.Null || right.Kind == System.Text.Json.JsonValueKind.Null) return true;
        if (Order(left, right, compare.Type, out problem) is not { } order) return false;
        value = Scalar.Of(compare.Operator switch { "<" => order < 0, "<=" => order <= 0, ">" => order > 0, ">=" => order >= 0, "!=" => order != 0, _ => order == 0 });
        return true;
    }

    private int? Order(Scalar left, Scalar right, CompareType type, out string? problem)
    {
        problem = null;
        switch (type)
        {
            case CompareType.Date:
                return Times.TryRead(left, out var a, out problem) && Times.TryRead(right, out var b, out problem) ? a.CompareTo(b) : null;
            case CompareType.CalendarDate:
                return Times.TryReadDate(left, out var c, out problem) && Times.TryReadDate(right, out var d, out problem) ? c.CompareTo(d) : null;
            case CompareType.Number:
                return TryNumber(left, out var x, out problem) && TryNumber(right, out var y, out problem) ? x.CompareTo(y) : null;
            default:
                return string.Compare(left.ToString(), right.ToString(), StringComparison.OrdinalIgnoreCase);
        }
    }

    private bool TryTransform(ref Scalar value, out string? problem)
    {
        problem = null;
        if (_regex is not null && !TryExtract(ref value, out problem)) return false;
        if (_spec.Case is { } letters && value.Text is { } text) value = Scalar.Of(letters == TextCase.Lower ? text.ToLowerInvariant() : text.ToUpperInvariant());
        if (_spec.Cut is { } most && value.Text is { } full && full.Length > most) value = Scalar.Of(Cut(full, most));
        if (_spec.Map is not null && value.Kind != System.Text.Json.JsonValueKind.Null && !TryMap(ref value, out problem)) return false;
        if (value.Kind == System.Text.Json.JsonValueKind.Null || _spec is { Rescale: null, Multiply: null, Add: null, Round: null }) return true;
        if (!TryNumber(value, out var number, out problem)) return false;
        if (_spec.Rescale is { } r) number = r.ToMin + (number - r.FromMin) / (r.FromMax - r.FromMin) * (r.ToMax - r.ToMin);
        number = number * (_spec.Multiply ?? 1) + (_spec.Add ?? 0);
        if (_spec.Round is { } places) number = Math.Round(number, places, MidpointRounding.AwayFromZero);
        value = Scalar.Of(number);
        return true;
    }

    /// <summary>Not between the halves of a character.</summary>
    private static string Cut(string text, int most)
    {
        var end = most - 1;
        if (end > 0 && char.IsHighSurrogate(text[end - 1])) end--;
        return string.Concat(text.AsSpan(0, end), "…");
    }

    private bool TryExtract(ref Scalar value, out string? problem)
    {
        problem = null;
        try
        {
            var match = _regex!.Match(value.ToString());
            var group = match.Groups.Count > 1 ? match.Groups[1] : match.Groups[0];
            value = match.Success && group.Length > 0 ? Scalar.Of(group.Value) : default;
            return true;
        }
        catch (RegexMatchTimeoutException)
        {
            problem = $"the pattern took too long on '{NumberTexts.Shorten(value.ToString())}'";
            return false;
        }
    }

    private bool TryMap(ref Scalar value, out string? problem)
    {
        problem = null;
        if (_spec.Map!.TryGetValue(value.ToString(), out var mapped)) value = mapped;
        else if (_spec.Else == MapElse.Value) value = _spec.ElseValue;
        else if (_spec.Else == MapElse.Reject)
        {
            problem = $"'{NumberTexts.Shorten(value.ToString())}' is not in the value map{Suggestion.Hint(value.ToString(), _spec.Map.Keys)}";
            return false;
        }
        return true;
    }

    public bool TryNumber(Scalar value, out double number, out string? problem)
    {
        problem = null;
        if (value.Number is { } n)
        {
            number = n;
            return true;
        }
        return NumberTexts.TryNumber(value.ToString(), _decimal, out number, out problem);
    }
}
