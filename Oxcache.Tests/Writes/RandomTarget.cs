using System.Collections.Concurrent;
using System.Text;
using Oxcaching.Remote;
using Oxcaching.Writes;

namespace Oxcaching.Tests.Writes;

/// <summary>A Redis that takes its time, loses calls and answers, and runs out of room, all at random; and notes whatever breaks the rules. Thread-safe.</summary>
internal sealed class RandomTarget(int seed) : IWriteTarget
{
    private readonly Random _random = new(seed);
    private readonly Lock _lock = new();
    private readonly Dictionary<string, string> _standing = [];
    private readonly Dictionary<string, long> _newest = [];
    private readonly HashSet<string> _underWay = [];
    private bool _isClearing;

    public ConcurrentQueue<string> Violations { get; } = [];

    public bool IsCutOff { get; private set; }

    /// <summary>Whether nothing goes wrong any more.</summary>
    public bool IsHealed { get; set; }

    public async Task<RemoteWritten?[]?> SendAsync(IReadOnlyList<PendingWrite> writes)
    {
        Begin(writes);
        await PauseAsync();
        RemoteWritten?[]? written;
        lock (_lock)
        {
            written = Loses() ? null : [.. writes.Select(Apply)];
            written = Loses() ? null : written;
        }

        await PauseAsync();
        End(writes);
        return written;
    }

    public async Task<bool> ClearAsync(PendingClear clear)
    {
        lock (_lock)
        {
            Check(_underWay.Count == 0 && !_isClearing, "A clear among others under way.");
            _isClearing = true;
        }

        await PauseAsync();
        lock (_lock)
        {
            _isClearing = false;
            if (Loses())
            {
                return false;
            }

            _standing.Clear();
            return !Loses();
        }
    }

    public JournalRecord RecordOf(PendingChange change) => throw new NotSupportedException("There is no log.");

    public void Arrived(PendingWrite write, RemoteWritten written)
    {
    }

    public void Unanswered(PendingWrite write)
    {
    }

    public string? Standing(string key)
    {
        lock (_lock)
        {
            return _standing.GetValueOrDefault(key);
        }
    }

    /// <summary>Goes away for a while, or comes back.</summary>
    public void Toggle() => IsCutOff = !IsCutOff && !IsHealed;

    private void Begin(IReadOnlyList<PendingWrite> writes)
    {
        lock (_lock)
        {
            Check(!_isClearing, "A write during a clear.");
            foreach (var write in writes)
            {
                Check(_underWay.Add(write.Key.Text), $"Two of {write.Key.Text} under way.");
                var number = write.Call.At;
                Check(_newest.GetValueOrDefault(write.Key.Text) <= number, $"{write.Brief()} after a newer one.");
                _newest[write.Key.Text] = number;
            }
        }
    }

    private void End(IReadOnlyList<PendingWrite> writes)
    {
        lock (_lock)
        {
            foreach (var write in writes)
            {
                _underWay.Remove(write.Key.Text);
            }
        }
    }

    private RemoteWritten? Apply(PendingWrite write)
    {
        if (Loses())
        {
            return null;
        }

        if (write.Envelope is null || Loses())
        {
            _standing.Remove(write.Key.Text);
            return new RemoteWritten(write.Envelope is null ? ScriptOutcome.Deleted : ScriptOutcome.Full, default);
        }

        _standing[write.Key.Text] = Encoding.UTF8.GetString(write.Envelope);
        return new RemoteWritten(ScriptOutcome.Stored, default);
    }

    private bool Loses() => !IsHealed && _random.Next(8) == 0;

    private Task PauseAsync()
    {
        int pause;
        lock (_lock)
        {
            pause = _random.Next(4);
        }

        return pause == 0 ? Task.CompletedTask : pause == 1 ? Task.Run(() => { }) : Task.Delay(pause - 1);
    }

    private void Check(bool holds, string violation)
    {
        if (!holds)
        {
            Violations.Enqueue(violation);
        }
    }
}
