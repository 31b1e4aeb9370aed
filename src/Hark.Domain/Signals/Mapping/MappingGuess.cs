namespace Hark.Domain.Signals.Mapping;

/// <summary>
/// Makes a mapping for a file that came without one: by the header of a known export, else by the names of the columns in six languages and by their content.
/// It is a proposal, to be looked at, saved and edited.
/// </summary>
public static class MappingGuess
{
    /// <summary>Text shorter than this on average is a label, not somebody's words.</summary>
    private const double CommentLength = 15;

    private static readonly HashSet<string> SignalNames = new(StringComparer.Ordinal)
    {
        "id", "occurred_at", "channel", "kind", "touchpoint", "rating", "text", "language", "contact", "account", "subject", "consent", "tags", "topics", "attributes", "answers",
    };

    /// <summary>The rows that stand between the names and the records, by the first row: exports of surveys have some.</summary>
    public static HeaderRows HeaderOf(IReadOnlyList<string> columns) =>
        Find(columns) is { } known && SignalMapping.Parse(known.Mapping) is { Ok: true } mapping ? mapping.Value.Header : new(1, 0, false);

    /// <summary>True where JSON records are signals in the shape of the API.</summary>
    public static bool IsSignals(IReadOnlyList<string> paths)
    {
        var names = paths.Select(p => p.Split('.')[0]).ToHashSet(StringComparer.Ordinal);
        return names.Count > 0 && names.IsSubsetOf(SignalNames) && (paths.Contains("rating.value") || names.Contains("occurred_at") || names.Contains("contact") || names.Contains("channel"));
    }

    /// <param name="columns">As the file has them, header rows combined.</param>
    /// <param name="rows">The first records, one value per column.</param>
    public static SignalMapping Guess(FileFormat format, IReadOnlyList<string> columns, IReadOnlyList<string[]> rows)
    {
        if (format != FileFormat.Csv && IsSignals(columns)) return new SignalMapping { Name = "Hark signals", Format = format, Shape = RecordShape.Signal };
        if (Find(columns) is not { } known) return new Guesser(columns, rows).Complete(new SignalMapping { Name = "Guessed", Format = format });
        var mapping = SignalMapping.Parse(known.Mapping).Value with { Format = format };
        if (format == FileFormat.Csv) mapping = mapping with { Records = null };
        var there = columns.ToHashSet(StringComparer.OrdinalIgnoreCase);
        mapping = mapping with { Fields = [.. mapping.Fields.Select(f => Present(f, there)).OfType<FieldSpec>()] };
        return known.HasQuestions ? new Guesser(columns, rows).Complete(mapping) : mapping;
    }

    private static KnownExport? Find(IReadOnlyList<string> columns)
    {
        var folded = columns.Select(c => c.Trim().ToLowerInvariant()).ToHashSet(StringComparer.Ordinal);
        return KnownExports.All.FirstOrDefault(k => k.Signature.All(folded.Contains));
    }

    /// <summary>Without the columns that this version of the export does not have, so that the printed mapping shows what is really used.</summary>
    private static FieldSpec? Present(FieldSpec field, HashSet<string> columns)
    {
        var value = field.Values[0];
        if (!value.Optional) return field;
        var used = ValueExpression.ColumnsOf(value).Where(columns.Contains).ToList();
        if (used.Count == 0) return null;
        return field with
        {
            Values = [value with { Optional = false, FirstOf = value.FirstOf is null ? null : used, Concat = value.Concat is null ? null : used }],
        };
    }

    private sealed class Guesser(IReadOnlyList<string> columns, IReadOnlyList<string[]> rows)
    {
        private readonly ColumnSample[] _samples = [.. columns.Select((_, i) => ColumnSample.Of(rows.Where(r => i < r.Length).Select(r => r[i])))];
        private readonly Dictionary<string, ValueSpec> _fields = new(StringComparer.Ordinal);
        private readonly HashSet<string> _used = new(StringComparer.OrdinalIgnoreCase);

        public SignalMapping Complete(SignalMapping mapping)
        {
            foreach (var field in mapping.Fields)
            {
                _fields[field.Target] = field.Values[0];
                _used.UnionWith(ValueExpression.ColumnsOf(field.Values[0]));
            }
            _used.UnionWith(mapping.SkipWhen.Select(s => s.Column));
            Id();
            Rating();
            Named();
            Dates();
            Comment();
            Rest(mapping.Fields.Count > 0);
            return mapping with
            {
                Fields = [.. _fields.Select(f => new FieldSpec(f.Key, [f.Value]))],
                Missing = [.. mapping.Missing.Concat(rows.SelectMany(r => r).Select(v => v.Trim()).Where(ColumnSample.NoValues.Contains)).Distinct(StringComparer.OrdinalIgnoreCase)],
                Decimal = mapping.Decimal ?? (rows.Any(r => r.Any(v => NumberTexts.TryNumber(v, ',', out _, out _) && v.Contains(',', StringComparison.Ordinal))) ? ',' : null),
            };
        }

        private IEnumerable<int> Free => Enumerable.Range(0, columns.Count).Where(i => !_used.Contains(columns[i]));

        private void Take(string target, int column, ValueSpec? how = null)
        {
            if (!_fields.TryAdd(target, how ?? new ValueSpec { Column = columns[column] })) return;
            _used.Add(columns[column]);
        }

        private void Id()
        {
            foreach (var i in Free)
            {
                if (!_fields.ContainsKey("id") && ColumnWords.IsId(columns[i]) && _samples[i] is { Distinct: 1 } s && s.Count == rows.Count && s.Count > 0) Take("id", i);
            }
        }

        /// <summary>The best of the columns that speak of a rating; a scale named in the header goes before one that is only a number.</summary>
        private void Rating()
        {
            if (_fields.ContainsKey("rating.value")) return;
            var best = Free.Select(i => (Index: i, Scale: ScaleOf(i))).Where(c => c.Scale is not null).OrderBy(c => c.Scale == "custom" ? 1 : 0).FirstOrDefault((Index: -1, Scale: null));
            if (best.Scale is not { } scale) return;
            Take("rating.value", best.Index);
            _fields["rating.scale"] = new ValueSpec { Constant = Scalar.Of(scale) };
            if (scale != "custom") return;
            var top = _samples[best.Index].Max > 10 ? 100 : _samples[best.Index].Max > 5 ? 10 : 5;
            _fields["rating.min"] = new ValueSpec { Constant = Scalar.Of(_samples[best.Index].Min < 1 ? 0.0 : 1.0) };
            _fields["rating.max"] = new ValueSpec { Constant = Scalar.Of((double)top) };
        }

        private string? ScaleOf(int column)
        {
            if (_samples[column] is not { Count: > 0, Min: { } min, Max: { } max } sample) return null;
            return ColumnWords.ScaleOf(columns[column]) switch
            {
                "nps" when sample.Whole && min >= 0 && max <= 10 => "nps",
                "stars" when sample.Whole && min >= 1 && max <= 5 => "stars",
                "csat" when sample.Whole && min >= 1 && max <= 5 => "csat",
                "ces" when sample.Whole && min >= 1 && max <= 7 => "ces",
                "rating" when sample.Whole && min >= 1 && max <= 5 => "stars",
                not null when min >= 0 && max <= 100 => "custom",
                _ => null,
            };
        }

        private void Named()
        {
            foreach (var i in Free.ToList())
            {
                if (_samples[i] is { Emails: true, Count: > 0 }) Take("contact.email", i);
                else if (ColumnWords.TargetOf(columns[i]) is { } target && target is not ("occurred_at" or "text")) Take(target, i, Special(target, columns[i]));
            }
        }

        private static ValueSpec? Special(string target, string column) => target switch
        {
            "tags" => new ValueSpec { Column = column, Split = "," },
            "language" => new ValueSpec { Column = column, Regex = "^[A-Za-z]{2,3}" },
            _ => null,
        };

        private void Dates()
        {
            if (_fields.TryGetValue("occurred_at", out var known))
            {
                var at = known.Column is { } c ? columns.ToList().FindIndex(n => string.Equals(n, c, StringComparison.OrdinalIgnoreCase)) : -1;
                if (at >= 0 && known.Dates.Count == 0 && _samples[at].DateFormat is { } written && written != "iso") _fields["occurred_at"] = known with { Dates = [written] };
                return;
            }
            var dated = Free.Where(i => _samples[i].DateFormat is not null).OrderBy(i => ColumnWords.TargetOf(columns[i]) == "occurred_at" ? 0 : 1).ToList();
            if (dated.Count == 0) return;
            var format = _samples[dated[0]].DateFormat!;
            Take("occurred_at", dated[0], new ValueSpec { Column = columns[dated[0]], Dates = format == "iso" ? [] : [format] });
        }

        /// <summary>The column called a comment, else the one with the longest words.</summary>
        private void Comment()
        {
            if (_fields.ContainsKey("text")) return;
            var text = Free.Where(i => _samples[i] is { Count: > 0, Min: null, DateFormat: null }).OrderBy(i => ColumnWords.TargetOf(columns[i]) == "text" ? 0 : 1).ThenByDescending(i => _samples[i].MeanLength)
                .Where(i => ColumnWords.TargetOf(columns[i]) == "text" || _samples[i].MeanLength >= CommentLength).ToList();
            if (text.Count > 0) Take("text", text[0]);
        }

        /// <summary>Other questions of a survey are answers; other columns attributes. What is always empty is left out.</summary>
        private void Rest(bool survey)
        {
            foreach (var i in Free.Where(i => _samples[i].Count > 0).Take(60).ToList())
            {
                var name = columns[i].Length > 100 ? columns[i][..100] : columns[i];
                Take((survey ? "answers." : "attributes.") + name, i);
            }
        }
    }
}
