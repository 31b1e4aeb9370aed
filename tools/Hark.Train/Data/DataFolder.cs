using System.Globalization;
using System.Text;

namespace Hark.Train.Data;

/// <summary>The folder of data sets: plain files and their records.</summary>
internal sealed class DataFolder(string root)
{
    /// <summary>The lines, which end with LF or CRLF; a lone CR ends none.</summary>
    public IEnumerable<string> Lines(string file)
    {
        var lines = File.ReadAllText(Path.Combine(root, file)).Split('\n');
        return lines.Take(lines[^1].Length == 0 ? lines.Length - 1 : lines.Length).Select(l => l.EndsWith('\r') ? l[..^1] : l);
    }

    /// <summary>The records of a CSV file in order, the header the first; quotes and line breaks inside fields are understood, empty lines are none.</summary>
    public List<string[]> Records(string file)
    {
        var records = new List<string[]>();
        var (fields, field, quoted) = (new List<string>(), new StringBuilder(), false);
        var text = File.ReadAllText(Path.Combine(root, file));
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (quoted && c == '"' && i + 1 < text.Length && text[i + 1] == '"') field.Append(text[++i]);
            else if (c == '"' && (quoted || field.Length == 0)) quoted = !quoted;
            else if (!quoted && c is ',') EndField();
            else if (!quoted && c is '\n') EndRecord();
            else if (quoted || c != '\r') field.Append(c);
        }
        EndRecord();
        return records;

        void EndField()
        {
            fields.Add(field.ToString());
            field.Clear();
        }

        void EndRecord()
        {
            EndField();
            if (fields.Count > 1 || fields[0].Length > 0) records.Add([.. fields]);
            fields.Clear();
        }
    }

    /// <summary>The test rows of rule F of a file: record numbers from 0, the header not counted.</summary>
    public HashSet<int> TestRows(string file) =>
        [.. Lines($"splits/{file}.test-rows.txt").Where(l => l.Length > 0).Select(l => int.Parse(l, CultureInfo.InvariantCulture))];
}
