using Oxcaching.Local;

namespace Oxcaching.Remote;

/// <summary>What a message says of one key.</summary>
/// <param name="Key">The service's key.</param>
/// <param name="Record">What stands there now; of a load that is over, what it rested on.</param>
internal readonly record struct KeyChange(string Key, RecordId Record);
