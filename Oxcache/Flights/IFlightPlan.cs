namespace Oxcaching.Flights;

/// <summary>What a client does in a flight around the body: read what it can, and publish.</summary>
internal interface IFlightPlan
{
    /// <summary>The claims of the service.</summary>
    ClaimTable Claims { get; }

    /// <summary>When a flight gives its key free.</summary>
    FlightDeadlines Deadlines { get; }

    /// <summary>Finds or makes the value. Only what the body throws may come out of it.</summary>
    ValueTask<T> FlyAsync<T>(Flight<T> flight, CancellationToken cancellationToken);

    void FlightStarted();

    void FlightEnded();

    void FlightOverdue(string key);

    /// <summary>Something of the application's threw where nobody waits for it.</summary>
    void FlightFault(Exception exception);
}
