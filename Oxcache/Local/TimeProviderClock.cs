using Microsoft.Extensions.Internal;

namespace Oxcaching.Local;

/// <summary>Lets MemoryCache tell the time by a <see cref="TimeProvider"/>.</summary>
internal sealed class TimeProviderClock(TimeProvider time) : ISystemClock
{
    public DateTimeOffset UtcNow => time.GetUtcNow();
}
