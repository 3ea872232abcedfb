using System.Buffers.Binary;
using System.IO.Compression;

namespace Oxcaching.Benchmarks.HitRates;

/// <summary>A sequence of requests, each the number of a key.</summary>
internal sealed record Trace(string Name, int[] Requests)
{
    /// <summary>Reads a file: gzip of little-endian 32-bit integers.</summary>
    public static Trace Read(string path)
    {
        using var unzipped = new MemoryStream();
        using (var file = new GZipStream(File.OpenRead(path), CompressionMode.Decompress))
        {
            file.CopyTo(unzipped);
        }

        var bytes = unzipped.GetBuffer().AsSpan(0, (int)unzipped.Length);
        var requests = new int[bytes.Length / sizeof(int)];
        for (var i = 0; i < requests.Length; i++)
        {
            requests[i] = BinaryPrimitives.ReadInt32LittleEndian(bytes[(i * sizeof(int))..]);
        }

        return new Trace(Path.GetFileNameWithoutExtension(path), requests);
    }
}
