using System.Text;
using System.Text.Unicode;

namespace Hark.Domain.Signals.Mapping;

/// <summary>The encodings of files, by name and by content. Windows code pages are registered here, once.</summary>
public static class FileEncodings
{
    /// <summary>Names for messages; every name .NET knows is accepted.</summary>
    public static IReadOnlyList<string> Names { get; } = ["utf-8", "utf-16", "utf-16be", "windows-1250", "windows-1251", "windows-1252", "windows-1256", "iso-8859-1", "iso-8859-2"];

    /// <summary>Letters beyond ASCII that each language writes, by the code page in which its old files are. Western first: it wins a tie.</summary>
    private static readonly (string CodePage, string Letters)[] Languages =
    [
        ("windows-1252", "äöüßÄÖÜ"), ("windows-1252", "éèêëàâçîïôùûœÉÈÀÇ"), ("windows-1252", "áéíóúñü¿¡ÁÉÍÓÚÑ"), ("windows-1252", "ãõáéíóúâêôçàÃÕÇÁÉ"), ("windows-1252", "åäöæøÅÄÖÆØé"),
        ("windows-1250", "áčďéěíňóřšťúůýžÁČĎÉĚÍŇÓŘŠŤÚŮÝŽ"), ("windows-1250", "áäčďéíĺľňóôŕšťúýžÁČĎÉÍĽŇÓÔŠŤÚÝŽ"), ("windows-1250", "ąćęłńóśźżĄĆĘŁŃÓŚŹŻ"), ("windows-1250", "áéíóöőúüűÁÉÍÓÖŐÚÜŰ"),
        ("windows-1251", "абвгдеёжзийклмнопрстуфхцчшщъыьэюяАБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ"), ("windows-1251", "абвгґдеєжзиіїйклмнопрстуфхцчшщьюяАБВГДЕЄЖЗИІЇЙКЛМНОПРСТУФХЦЧШЩЬЮЯ"),
        ("windows-1256", "ابتثجحخدذرزسشصضطظعغفقكلمنهويپچژگءآأإئؤةى"),
    ];

    /// <summary>Typographic marks that every one of these code pages has at the same place: they tell nothing.</summary>
    private const string Neutral = "“”„‘’‚–—…•«»°§©®€\u00A0™‹›";

    static FileEncodings() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>The encoding of a name, or null. It replaces what it cannot read by U+FFFD.</summary>
    public static Encoding? Find(string name)
    {
        try
        {
            return Encoding.GetEncoding(name.Trim());
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    /// <summary>
    /// The encoding of a file, from its beginning and samples of its middle: byte order mark, then UTF-16 by its zeros, then UTF-8 if all of it is valid, and otherwise the code
    /// page in which most of the letters beyond ASCII belong to one language.
    /// </summary>
    /// <param name="head">The first bytes.</param>
    /// <param name="samples">Further pieces, cut anywhere.</param>
    public static Encoding Guess(ReadOnlySpan<byte> head, IReadOnlyList<byte[]> samples)
    {
        if (ByteOrderMark(head, out _) is { } marked) return marked;
        if (ZeroBytes(head) is { } wide) return wide;
        var pieces = new List<byte[]> { head.ToArray() };
        pieces.AddRange(samples);
        if (pieces.TrueForAll(p => IsUtf8Piece(p))) return Encoding.UTF8;
        return Languages.MaxBy(l => Share(pieces, Find(l.CodePage)!, l.Letters)).CodePage is { } best ? Find(best)! : Encoding.UTF8;
    }

    /// <summary>The encoding a byte order mark declares, or null, and the mark's length.</summary>
    public static Encoding? ByteOrderMark(ReadOnlySpan<byte> head, out int length)
    {
        (Encoding? encoding, length) = head switch
        {
            [0xEF, 0xBB, 0xBF, ..] => (Encoding.UTF8, 3),
            [0xFF, 0xFE, 0x00, 0x00, ..] => (Encoding.UTF32, 4),
            [0xFF, 0xFE, ..] => (Encoding.Unicode, 2),
            [0xFE, 0xFF, ..] => (Encoding.BigEndianUnicode, 2),
            _ => (null, 0),
        };
        return encoding;
    }

    /// <summary>ASCII written in UTF-16 has a zero in every second byte.</summary>
    private static Encoding? ZeroBytes(ReadOnlySpan<byte> head)
    {
        head = head[..Math.Min(head.Length, 4096)];
        var (even, odd) = (0, 0);
        for (var i = 0; i < head.Length; i++)
        {
            if (head[i] != 0) continue;
            if ((i & 1) == 0) even++;
            else odd++;
        }
        if (head.Length < 4 || even + odd < head.Length / 8) return null;
        return odd > even * 4 ? Encoding.Unicode : even > odd * 4 ? Encoding.BigEndianUnicode : null;
    }

    /// <summary>Valid but for a character cut at either end.</summary>
    private static bool IsUtf8Piece(ReadOnlySpan<byte> piece)
    {
        for (var cut = 0; cut < 3 && piece.Length > 0 && (piece[0] & 0xC0) == 0x80; cut++) piece = piece[1..];
        for (var back = 1; back <= Math.Min(3, piece.Length); back++)
        {
            var lead = piece[^back];
            var needs = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
            if (lead < 0x80) break;
            if (needs == 1) continue;
            if (needs > back) piece = piece[..^back];
            break;
        }
        return Utf8.IsValid(piece);
    }

    private static double Share(List<byte[]> pieces, Encoding encoding, string letters)
    {
        var (known, seen) = (0, 0);
        foreach (var piece in pieces)
        {
            foreach (var c in encoding.GetString(piece))
            {
                if (c < 0x80 || Neutral.Contains(c, StringComparison.Ordinal)) continue;
                seen++;
                if (letters.Contains(c, StringComparison.Ordinal)) known++;
            }
        }
        return seen == 0 ? 0 : (double)known / seen;
    }
}
