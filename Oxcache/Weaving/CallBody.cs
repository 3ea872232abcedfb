using Oxcaching.Flights;

namespace Oxcaching.Weaving;

/// <summary>A woven call as the body of a flight.</summary>
internal readonly struct CallBody<T, TCall>(TCall call) : IFlightBody<T>
    where TCall : struct, ICachedCall<T>
{
    public ValueTask<T> InvokeAsync(CancellationToken cancellationToken) => call.InvokeAsync(cancellationToken);
}
