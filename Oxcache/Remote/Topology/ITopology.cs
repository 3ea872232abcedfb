using System.Net;
using Oxcaching.Timing;
using StackExchange.Redis;

namespace Oxcaching.Remote.Topology;

/// <summary>How a Redis is deployed: where to connect, and which of its servers are primaries. Thread-safe.</summary>
internal interface ITopology : IAsyncDisposable
{
    /// <summary>Raised from any thread when somebody says that a primary has moved: a survey should look at once.</summary>
    event Action? Moved;

    /// <summary>Whether the keys are spread over several primaries, so that one script may touch one key alone.</summary>
    bool IsCluster { get; }

    /// <summary>Whether a primary that does not answer may have been replaced by a server at another end point, so that it is to be located again.</summary>
    bool MayMove { get; }

    /// <summary>Where to connect to at this moment.</summary>
    /// <param name="deadline">When to give up.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="RemoteException">Nobody knows.</exception>
    Task<IReadOnlyList<EndPoint>> LocateAsync(Deadline deadline, CancellationToken cancellationToken);

    /// <summary>Sets the client up for this kind of deployment.</summary>
    void Configure(ConfigurationOptions options);

    /// <summary>Looks which servers are primaries, and asks each the time.</summary>
    /// <param name="multiplexer">Connected to what <see cref="LocateAsync"/> named.</param>
    /// <param name="known">What the last survey found; a primary that is still there stays the same object.</param>
    /// <param name="deadline">When to give up.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The primaries, of which at least one answered.</returns>
    /// <exception cref="RemoteException">No primary answers.</exception>
    Task<PrimaryMap> SurveyAsync(IConnectionMultiplexer multiplexer, PrimaryMap known, Deadline deadline, CancellationToken cancellationToken);
}
