namespace Oxcaching.Diagnostics;

/// <summary>How much of what the cache needs is not done by a Redis that can be reached.</summary>
internal enum RemoteLimit
{
    /// <summary>Nothing of it.</summary>
    None,

    /// <summary>The user may not publish or subscribe. All else works.</summary>
    Messages,

    /// <summary>There is no room for a value. What is there can be read, and deleted.</summary>
    Full,

    /// <summary>Nothing is done, for a while, as a rule.</summary>
    Passing,

    /// <summary>Nothing is done, until somebody sees to it.</summary>
    Lasting,
}
