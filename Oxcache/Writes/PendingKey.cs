namespace Oxcaching.Writes;

/// <summary>The pending writes of one key: one that is on its way, and the newest that is not. Guarded by the queue's lock.</summary>
internal sealed class PendingKey
{
    private bool _isAbandoned;

    public PendingWrite? Sending { get; private set; }

    public PendingWrite? Waiting { get; private set; }

    /// <summary>Since when the one that waits, or one that it took the place of, has been waiting, as a timestamp.</summary>
    public long WaitingSince { get; private set; }

    /// <summary>The last one: what the key is going to be.</summary>
    public PendingWrite Newest => Waiting ?? Sending!;

    /// <summary>Whether a write of it has failed, and none has arrived since.</summary>
    public bool HasFailed { get; private set; }

    /// <summary>Whether it counts as behind: what Redis was to have is not there.</summary>
    public bool IsBehind { get; set; }

    public bool IsEmpty => Waiting is null && Sending is null;

    /// <summary>About what its writes take in memory.</summary>
    public long Bytes => (Waiting?.Bytes ?? 0) + (Sending?.Bytes ?? 0);

    /// <summary>Takes in a newer write, in the place of one that waits.</summary>
    public void Add(PendingWrite write, long now)
    {
        if (!IsEmpty)
        {
            write.Supersede(Newest);
            write.Waited = true;
            Sending?.LeadTo(write);
        }

        if (Waiting is { } obsolete)
        {
            write.Replace(obsolete);
        }
        else
        {
            WaitingSince = now;
        }

        Waiting = write;
    }

    public PendingWrite Send()
    {
        (Sending, Waiting, _isAbandoned) = (Waiting!, null, false);
        Sending.IsSent = true;
        return Sending;
    }

    /// <summary>The one on its way has arrived.</summary>
    public void Arrived() => (Sending, HasFailed) = (null, false);

    /// <summary>Forgets the one that waits, which it returns, and lets the one on its way not wait again.</summary>
    public PendingWrite? Abandon()
    {
        var waiting = Waiting;
        (Waiting, _isAbandoned) = (null, true);
        return waiting;
    }

    /// <summary>The one on its way has not arrived: it waits again, unless there is a newer one.</summary>
    public void Failed(long now)
    {
        if (Waiting is null && !_isAbandoned)
        {
            (Waiting, WaitingSince) = (Sending!, now);
            Waiting.Waited = true;
        }

        (Sending, HasFailed) = (null, true);
    }
}
