namespace Oxcaching.Remote;

/// <summary>A command on its way, as <see cref="CallTimeouts"/> sees it.</summary>
internal abstract class TimedCall
{
    public Deadline Deadline { get; protected set; }

    /// <summary>Whether it stands in the list. Guarded by the list's lock, as are its neighbours.</summary>
    internal bool IsListed { get; set; }

    internal TimedCall? Previous { get; set; }

    internal TimedCall? Next { get; set; }

    /// <summary>Its deadline is over. If it has its answer already, nothing happens.</summary>
    public abstract void End();
}
