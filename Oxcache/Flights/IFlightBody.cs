namespace Oxcaching.Flights;

/// <summary>What makes the value: a woven method's body or a factory.</summary>
internal interface IFlightBody<T>
{
    /// <summary>Whether a hit on its value is to be answered with a task.</summary>
    static abstract bool HitsWantTasks { get; }

    ValueTask<T> InvokeAsync(CancellationToken cancellationToken);
}
