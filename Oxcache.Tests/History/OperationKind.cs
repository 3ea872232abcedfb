namespace Oxcaching.Tests.History;

internal enum OperationKind
{
    /// <summary>A read by hand.</summary>
    Get,

    /// <summary>A read that runs a body on a miss, by hand or woven.</summary>
    Load,

    /// <summary>A look at the record in Redis, past all instances.</summary>
    Look,

    Set,
    Delete,
    Clear,

    /// <summary>A run of a load's body.</summary>
    Body,
}
