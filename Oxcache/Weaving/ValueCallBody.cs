using Oxcaching.Flights;

namespace Oxcaching.Weaving;

/// <summary>A woven call of a method that returns a ValueTask, as the body of a flight.</summary>
internal readonly struct ValueCallBody<T, TCall>(TCall call) : IFlightBody<T>
    where TCall : struct, ICachedCall<T>
{
    public static bool HitsWantTasks => false;

    public ValueTask<T> InvokeAsync(CancellationToken cancellationToken) => call.InvokeAsync(cancellationToken);
}
