using Oxcaching.Flights;

namespace Oxcaching.Weaving;

/// <summary>A woven call of a method that returns a Task, as the body of a flight.</summary>
internal readonly struct CallBody<T, TCall>(TCall call) : IFlightBody<T>
    where TCall : struct, ICachedCall<T>
{
    public static bool HitsWantTasks => true;

    public ValueTask<T> InvokeAsync(CancellationToken cancellationToken) => call.InvokeAsync(cancellationToken);
}
