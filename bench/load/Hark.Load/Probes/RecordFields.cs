using System.Text.Json;

namespace Hark.Load.Probes;

/// <summary>The fields of a record that the probes store: what a thoughtful hand-written intake would keep.</summary>
internal sealed record RecordFields(
    string? Id, string? Channel, string? Touchpoint, double Rating, string? Text, string? Contact, string? Email, string? Order, string? Sku, string? Location)
{
    /// <summary>Reads every token of the record, as any parser has to.</summary>
    public static RecordFields Read(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        string? id = null, channel = null, touchpoint = null, text = null, contact = null, email = null, order = null, sku = null, location = null;
        double rating = 0;
        while (reader.Read())
        {
            if (reader.TokenType != JsonTokenType.PropertyName) continue;
            var depth = reader.CurrentDepth;
            var at = reader.ValueSpan;
            if (at.SequenceEqual("id"u8)) { if (depth == 1) id = Next(ref reader); else contact = Next(ref reader); }
            else if (at.SequenceEqual("channel"u8)) channel = Next(ref reader);
            else if (at.SequenceEqual("touchpoint"u8)) touchpoint = Next(ref reader);
            else if (at.SequenceEqual("value"u8)) { reader.Read(); rating = reader.GetDouble(); }
            else if (at.SequenceEqual("text"u8)) text = Next(ref reader);
            else if (at.SequenceEqual("email"u8)) email = Next(ref reader);
            else if (at.SequenceEqual("order"u8)) order = Next(ref reader);
            else if (at.SequenceEqual("sku"u8)) sku = Next(ref reader);
            else if (at.SequenceEqual("location"u8)) location = Next(ref reader);
        }
        return new(id, channel, touchpoint, rating, text, contact, email, order, sku, location);
    }

    private static string? Next(ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.GetString();
    }
}
