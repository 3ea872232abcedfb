using Oxcaching.Flights;

namespace Oxcaching.Clients;

/// <summary>A factory given by hand.</summary>
internal readonly struct FactoryBody<T>(Func<CancellationToken, ValueTask<T>> factory) : IFlightBody<T>
{
    public static bool HitsWantTasks => false;

    public ValueTask<T> InvokeAsync(CancellationToken cancellationToken) => factory(cancellationToken);
}
