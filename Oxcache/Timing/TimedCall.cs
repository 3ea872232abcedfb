namespace Oxcaching.Timing;

/// <summary>A command on its way, as <see cref="CallTimeouts"/> sees it.</summary>
internal abstract class TimedCall
{
    public Deadline Deadline { get; protected set; }

    /// <summary>Where it is listed. Written under the list's lock, as are its neighbours.</summary>
    internal CallList? List { get; set; }

    internal TimedCall? Previous { get; set; }

    internal TimedCall? Next { get; set; }

    /// <summary>Its deadline is over. If it has its answer already, nothing happens.</summary>
    public abstract void End();
}
