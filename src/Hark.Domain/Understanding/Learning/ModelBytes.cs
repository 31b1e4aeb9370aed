using System.IO.Compression;

namespace Hark.Domain.Understanding.Learning;

/// <summary>Tables of weights as they are kept: one after the other, compressed.</summary>
internal static class ModelBytes
{
    /// <summary>No model of a workspace is larger, before compression: what is, is damaged.</summary>
    private const int MostBytes = 64 * 1024 * 1024;

    public static byte[] Write(IReadOnlyList<ModelFile> files)
    {
        using var bytes = new MemoryStream();
        using (var compressed = new BrotliStream(bytes, CompressionLevel.Fastest, leaveOpen: true))
        {
            foreach (var file in files)
            {
                using var one = new MemoryStream();
                file.Write(one);
                compressed.Write(BitConverter.GetBytes((int)one.Length));
                compressed.Write(one.GetBuffer().AsSpan(0, (int)one.Length));
            }
        }
        return bytes.ToArray();
    }

    public static IReadOnlyList<ModelFile> Read(byte[] bytes)
    {
        using var compressed = new BrotliStream(new MemoryStream(bytes), CompressionMode.Decompress);
        var files = new List<ModelFile>();
        Span<byte> size = stackalloc byte[sizeof(int)];
        while (compressed.ReadAtLeast(size, size.Length, throwOnEndOfStream: false) is var read and > 0)
        {
            var length = read == size.Length ? BitConverter.ToInt32(size) : -1;
            if (length is < 0 or > MostBytes) throw new InvalidDataException("The model is damaged.");
            var file = new byte[length];
            if (compressed.ReadAtLeast(file, length, throwOnEndOfStream: false) < length) throw new InvalidDataException("The model is cut off.");
            files.Add(ModelFile.Read(file));
        }
        return files;
    }
}
