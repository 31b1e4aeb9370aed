using System.Data.Common;
using System.Text;
using System.Text.Json;
using Hark.Data.Store;
using Hark.Domain.Common;
using Hark.Domain.Signals;

namespace Hark.Data.Facts;

/// <summary>Reads rows of <c>signals s</c> into a block.</summary>
internal sealed class FactRow(ISqlDialect dialect, FactNames names)
{
    public static readonly string Select = string.Join(", ",
    [
        "s.signal_id", "s.occurred_at", "s.contact_id", "s.score_milli", "s.rating_scale", "s.rating_value", "s.negative", "s.attributes",
        .. FactBlock.Dimensions.Select(d => d.Sql),
    ]);

    private const int FirstDimension = 8;

    public Guid Id(DbDataReader reader) => dialect.ReadGuid(reader, 0);

    /// <summary>Writes the reader's row over row <paramref name="i"/>.</summary>
    public void Read(DbDataReader reader, FactBlock block, int i)
    {
        block.Ids[i] = Id(reader);
        block.Seconds[i] = (int)Math.Clamp((dialect.ReadTime(reader, 1) - FactBlock.Epoch).TotalSeconds, 0, int.MaxValue);
        block.People[i] = Person(reader);
        block.Scores[i] = (int?)reader.Whole(3) ?? -1;
        block.Scales[i] = reader.Text(4) is { } scale ? (byte)EnumNames<RatingScale>.Parse(scale) : (byte)0;
        block.Ratings[i] = (float)(reader.Number(5) ?? 0);
        block.Negatives[i] = dialect.Truth(reader, 6) switch { true => 1, false => 0, null => -1 };
        for (var d = 0; d < FactBlock.Dimensions.Count; d++) block.Codes[d][i] = names.Values[d].Of(Value(reader, d));
        for (var a = 0; a < FactNames.MostAttributes; a++)
        {
            if (block.Texts[a] is { } texts) texts[i] = 0;
            if (block.Numbers[a] is { } numbers) numbers[i] = float.NaN;
        }

        if (reader.Text(7) is { } attributes) ReadAttributes(attributes, block, i);
    }

    private int Person(DbDataReader reader)
    {
        if (reader.IsDBNull(2)) return 0;
        var id = dialect.ReadGuid(reader, 2);
        if (!names.People.TryGetValue(id, out var number)) names.People[id] = number = names.People.Count + 1;
        return number;
    }

    private string? Value(DbDataReader reader, int dimension)
    {
        var (known, column) = (FactBlock.Dimensions[dimension], FirstDimension + dimension);
        if (known.Type == ColumnType.Uuid) return Aggregates.Dimensions.SourceValue(dialect.ReadGuid(reader, column));
        return known.HasSeveral ? FactNames.SetText(known, reader.Text(column)) : reader.Text(column);
    }

    private void ReadAttributes(string text, FactBlock block, int i)
    {
        var json = new Utf8JsonReader(Encoding.UTF8.GetBytes(text));
        while (json.Read())
        {
            if (json.TokenType != JsonTokenType.PropertyName) continue;
            var place = names.Attribute(json.GetString()!);
            json.Read();
            if (place is not { } a) continue;
            switch (json.TokenType)
            {
                case JsonTokenType.Number: Numbers(block, a)[i] = (float)json.GetDouble(); break;
                case JsonTokenType.String: Texts(block, a)[i] = names.AttributeValues(a).Of(json.GetString()); break;
                case JsonTokenType.True: Texts(block, a)[i] = names.AttributeValues(a).Of(True); break;
                case JsonTokenType.False: Texts(block, a)[i] = names.AttributeValues(a).Of(False); break;
                default: break;
            }
        }
    }

    /// <summary>How truths appear among the values of an attribute.</summary>
    internal const string True = "true", False = "false";

    private static ushort[] Texts(FactBlock block, int attribute) => block.Texts[attribute] ??= new ushort[FactBlock.Rows];

    private static float[] Numbers(FactBlock block, int attribute)
    {
        if (block.Numbers[attribute] is { } there) return there;
        var numbers = new float[FactBlock.Rows];
        Array.Fill(numbers, float.NaN);
        return block.Numbers[attribute] = numbers;
    }
}
