namespace Oxcaching.Writes;

/// <summary>The disk's side of a journal: its own file, and those found at the start. Flush is thread-safe, the rest is the writer's.</summary>
/// <remarks>
/// Invariant: a file is deleted, replaced or set aside only after another one, flushed with its folder, has all its live records.
/// A new file is the remedy for everything: dead records, files of dead processes, damage, a file that somebody deleted.
/// </remarks>
internal sealed class JournalStore(JournalSlots slots, JournalEvents events, TimeProvider time) : IDisposable
{
    private readonly List<LeftFile> _left = [];
    private JournalSlot? _slot;
    private volatile JournalFile? _file;

    public bool IsOpen => _file is not null;

    public long Length => _file?.Length ?? 0;

    /// <summary>Claims what dead processes have left, and reads it. The files stay until the first <see cref="Rewrite"/>.</summary>
    public IReadOnlyList<JournalRecord> Recover()
    {
        IReadOnlyList<JournalRecord> records = [];
        foreach (var slot in slots.ClaimLeft())
        {
            if (TryRead(slot) is { } contents)
            {
                records = JournalMerge.Merge(records, contents.Records);
                Keep(slot, contents);
            }
        }

        return records;
    }

    /// <summary>Claims a slot for the own file, if there is none yet.</summary>
    public void Claim() => _slot ??= slots.ClaimEmpty();

    public void Append(IEnumerable<JournalRecord> records) => _file!.Append(records);

    public void Flush() => _file?.Flush();

    /// <summary>Puts a new file with these records, flushed, in the place of all that is there; no file when there are none.</summary>
    /// <remarks>When it fails before the file's place is taken, the old file stays and is open still.</remarks>
    public void Rewrite(IReadOnlyCollection<JournalRecord> live)
    {
        if (WasRemoved())
        {
            Abandon();
            _slot!.Dispose();
            _slot = null;
        }

        Claim();
        if (live.Count > 0)
        {
            Replace(live);
        }
        else
        {
            Abandon();
            File.Delete(_slot!.Path);
        }

        foreach (var left in _left)
        {
            Retire(left);
        }

        _left.Clear();
    }

    /// <summary>Appends no more to the file, which stays as it is.</summary>
    public void Abandon()
    {
        _file?.Dispose();
        _file = null;
    }

    public void Dispose()
    {
        Abandon();
        _slot?.Dispose();
        _left.ForEach(left => left.Slot.Dispose());
    }

    private JournalContents? TryRead(JournalSlot slot)
    {
        try
        {
            return Path.Exists(slot.Path) ? JournalReader.Read(slot.Path, slots.Name) : new JournalContents([], null, 0);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            events.LeftAlone(slot.Path, e.Message);
            slot.Dispose();
            return null;
        }
    }

    private void Keep(JournalSlot slot, JournalContents contents)
    {
        if (contents.TornBytes > 0)
        {
            events.Torn(slot.Path, contents.TornBytes);
        }

        if (_slot is null && contents.Problem is null)
        {
            _slot = slot;
        }
        else
        {
            _left.Add(new LeftFile(slot, contents.Problem));
        }
    }

    private bool WasRemoved() => _slot is not null && (!_slot.IsInPlace || (_file is not null && !File.Exists(_slot.Path)));

    private void Replace(IReadOnlyCollection<JournalRecord> live)
    {
        JournalFile? fresh = null;
        try
        {
            fresh = JournalFile.Create(_slot!.FreshPath, slots.Name);
            fresh.Append(live);
            fresh.Flush();
            Abandon();
            fresh.MoveTo(_slot.Path);
            JournalFolder.Flush(slots.Folder);
            _file = fresh;
        }
        catch
        {
            fresh?.Dispose();
            File.Delete(_slot!.FreshPath);
            throw;
        }
    }

    private void Retire(LeftFile left)
    {
        using var slot = left.Slot;
        try
        {
            if (left.Problem is null)
            {
                File.Delete(slot.Path);
            }
            else
            {
                events.SetAside(slot.SetAside(time.GetUtcNow()), left.Problem);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            events.LeftAlone(slot.Path, e.Message);
        }
    }

    /// <summary>A file of a dead process that is not to be the own one; set aside if it has a problem.</summary>
    private sealed record LeftFile(JournalSlot Slot, string? Problem);
}
