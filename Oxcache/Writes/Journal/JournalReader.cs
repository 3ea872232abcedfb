namespace Oxcaching.Writes;

/// <summary>Reads a file whatever state it is in: never a record that is not as it was written, and every one that is.</summary>
/// <remarks>
/// A torn tail is damage after which nothing can be read: a write that a crash cut short, of which nobody was told that it is
/// kept. Damage between records is something else; the file is then of interest to somebody, and what follows is read too,
/// for it may hold the delete of what came before.
/// </remarks>
internal sealed class JournalReader
{
    private const int WindowLength = 1 << 16;

    private readonly FileStream _stream;
    private readonly long _length;
    private readonly LiveRecords _live = new();
    private uint _salt;

    private JournalReader(FileStream stream)
    {
        _stream = stream;
        _length = stream.Length;
    }

    /// <exception cref="IOException">The file could not be read at all.</exception>
    public static JournalContents Read(string path, string name)
    {
        using var stream = new FileStream(path, new FileStreamOptions
        {
            Mode = FileMode.Open,
            Access = FileAccess.Read,
            Share = FileShare.ReadWrite | FileShare.Delete,
            BufferSize = WindowLength,
        });
        return new JournalReader(stream).Read(name);
    }

    private JournalContents Read(string name)
    {
        var headerLength = JournalFormat.Header(name, 0).Length;
        var problem = JournalFormat.ReadHeader(ReadUpTo(headerLength), name, out _salt);
        return problem is null ? ReadRecords(headerLength) : new JournalContents([], problem, 0);
    }

    private JournalContents ReadRecords(long at)
    {
        string? problem = null;
        while (at < _length)
        {
            if (TryRead(at, out var end) is { } record)
            {
                _live.Apply(record);
                at = end;
                continue;
            }

            var next = Find(at + 1);
            if (next < 0)
            {
                break;
            }

            problem ??= $"It is damaged at byte {at}.";
            at = next;
        }

        return new JournalContents(_live.ToArray(), problem, _length - at);
    }

    private JournalRecord? TryRead(long at, out long end)
    {
        _stream.Position = at;
        var prefix = ReadUpTo(JournalFormat.RecordPrefixLength);
        var length = prefix.Length == JournalFormat.RecordPrefixLength ? JournalFormat.BodyLength(prefix) : -1;
        end = at + JournalFormat.RecordPrefixLength + length;
        return length >= 0 && end <= _length ? JournalFormat.Read(prefix, ReadUpTo(length), _salt) : null;
    }

    /// <summary>Where the next record is that can be read, or -1.</summary>
    private long Find(long from)
    {
        var window = new byte[WindowLength];
        while (true)
        {
            _stream.Position = from;
            var read = _stream.ReadAtLeast(window, window.Length, throwOnEndOfStream: false);
            for (int at = 0, next; (next = window.AsSpan(at, read - at).IndexOf(JournalFormat.Marker)) >= 0; at += next + 1)
            {
                if (TryRead(from + at + next, out _) is not null)
                {
                    return from + at + next;
                }
            }

            if (read < window.Length)
            {
                return -1;
            }

            from += read - (JournalFormat.Marker.Length - 1);
        }
    }

    private byte[] ReadUpTo(int length)
    {
        var bytes = new byte[length];
        var read = _stream.ReadAtLeast(bytes, length, throwOnEndOfStream: false);
        return read == length ? bytes : bytes[..read];
    }
}
