namespace Oxcaching.Remote;

/// <summary>When a call began, by Redis's clock in microseconds.</summary>
/// <param name="Micros">Never before that of a call that had its time earlier, by the same clock.</param>
/// <param name="Error">The most that it can be wrong.</param>
/// <param name="Setting">Which setting of the clock it was read from.</param>
internal readonly record struct CallTime(long Micros, long Error, object Setting);
