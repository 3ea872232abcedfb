namespace Oxcaching.Flights;

/// <summary>What makes the value: a woven method's body or a factory.</summary>
internal interface IFlightBody<T>
{
    ValueTask<T> InvokeAsync(CancellationToken cancellationToken);
}
