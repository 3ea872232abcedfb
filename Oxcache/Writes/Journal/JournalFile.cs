using System.Buffers;
using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;

namespace Oxcaching.Writes;

/// <summary>A file that is written from its start to its end, and never changed. Flush is thread-safe, the rest is the writer's.</summary>
/// <remarks>
/// Invariant: what was appended before can be read whatever goes wrong later. Half a record is cut off again, which leaves a full disk the
/// room for a new file; where that fails, too, it is a torn tail, for after a failure nothing is appended any more.
/// </remarks>
internal sealed class JournalFile : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const int ChunkLength = 1 << 20;

    private readonly FileStream _stream;
    private readonly SafeFileHandle _handle;
    private readonly uint _salt = BitConverter.ToUInt32(RandomNumberGenerator.GetBytes(sizeof(uint)));
    private ArrayBufferWriter<byte> _buffer = new();
    private volatile string _path;

    private JournalFile(string path, FileStream stream)
    {
        _path = path;
        _stream = stream;
        _handle = stream.SafeFileHandle;
    }

    public long Length { get; private set; }

    /// <summary>Creates an empty one, in the place of what is there.</summary>
    public static JournalFile Create(string path, string name)
    {
        var file = new JournalFile(path, Open(path, FileMode.Create, FileShare.Read | FileShare.Delete));
        try
        {
            file._buffer.Write(JournalFormat.Header(name, file._salt));
            file.WriteOut();
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Opens a file that only its owner may read.</summary>
    public static FileStream Open(string path, FileMode mode, FileShare share)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.ReadWrite, Share = share, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        return new FileStream(path, options);
    }

    /// <summary>Hands the records to the operating system, in order. When it fails the file is not to be appended to again.</summary>
    public void Append(IEnumerable<JournalRecord> records)
    {
        try
        {
            foreach (var record in records)
            {
                JournalFormat.Write(_buffer, record, _salt);
                if (_buffer.WrittenCount >= ChunkLength)
                {
                    WriteOut();
                }
            }

            WriteOut();
        }
        catch (IOException)
        {
            CutOff();
            throw;
        }
    }

    /// <summary>Makes all that was appended outlast a crash of the machine.</summary>
    /// <exception cref="IOException">It failed, or somebody has deleted the file.</exception>
    public void Flush()
    {
        RandomAccess.FlushToDisk(_handle);
        if (!File.Exists(_path))
        {
            throw new FileNotFoundException($"Somebody has deleted '{_path}'.");
        }
    }

    public void MoveTo(string path)
    {
        File.Move(_path, path, overwrite: true);
        _path = path;
    }

    public void Dispose() => _stream.Dispose();

    private void WriteOut()
    {
        RandomAccess.Write(_handle, _buffer.WrittenSpan, Length);
        Length += _buffer.WrittenCount;
        _buffer.ResetWrittenCount();

        // One large record shall not keep its room for ever.
        if (_buffer.Capacity > 2 * ChunkLength)
        {
            _buffer = new ArrayBufferWriter<byte>();
        }
    }

    private void CutOff()
    {
        try
        {
            RandomAccess.SetLength(_handle, Length);
        }
        catch (IOException)
        {
            // Then it stays as a torn tail.
        }
    }
}
