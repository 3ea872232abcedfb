using System.Globalization;

namespace Oxcaching.Writes;

/// <summary>The right to one journal's file, held by a lock on a file beside it until it is disposed or the process ends.</summary>
/// <remarks>
/// The lock is on a file of its own, which is never renamed or deleted: so a lock that is got is the lock that others see.
/// </remarks>
internal sealed class JournalSlot : IDisposable
{
    private readonly FileStream _lock;

    private JournalSlot(string path, FileStream @lock)
    {
        Path = path;
        _lock = @lock;
    }

    public string Path { get; }

    /// <summary>Where the file is written that is to take the place of the one at the path.</summary>
    public string FreshPath => Path + JournalSlots.FreshEnding;

    /// <summary>Whether nobody has deleted the lock under us.</summary>
    public bool IsInPlace => File.Exists(_lock.Name);

    /// <exception cref="IOException">Another process has it, or its lock cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">Its lock cannot be opened.</exception>
    public static JournalSlot Claim(string path)
    {
        var slot = new JournalSlot(path, JournalFile.Open(path + JournalSlots.LockEnding, FileMode.OpenOrCreate, FileShare.None));
        try
        {
            File.Delete(slot.FreshPath);
            return slot;
        }
        catch
        {
            slot.Dispose();
            throw;
        }
    }

    /// <summary>Gives the file another name, which is returned.</summary>
    public string SetAside(DateTimeOffset now)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"{Path}.corrupt-{now.UtcDateTime:yyyyMMdd'T'HHmmss'Z'}");
        var free = name;
        for (var i = 2; File.Exists(free); i++)
        {
            free = string.Create(CultureInfo.InvariantCulture, $"{name}-{i}");
        }

        File.Move(Path, free);
        return free;
    }

    public void Dispose() => _lock.Dispose();
}
