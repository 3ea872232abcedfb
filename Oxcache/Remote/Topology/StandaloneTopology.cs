using System.Net;
using Oxcaching.Configuration;
using Oxcaching.Timing;
using StackExchange.Redis;

namespace Oxcaching.Remote.Topology;

/// <summary>One Redis, at the end points of its connection string.</summary>
internal sealed class StandaloneTopology(RedisAddress address) : ITopology
{
    public event Action? Moved
    {
        add { }
        remove { }
    }

    public bool IsCluster => false;

    public bool MayMove => false;

    public Task<IReadOnlyList<EndPoint>> LocateAsync(Deadline deadline, CancellationToken cancellationToken) => Task.FromResult(address.EndPoints);

    public void Configure(ConfigurationOptions options)
    {
    }

    public Task<PrimaryMap> SurveyAsync(
        IConnectionMultiplexer multiplexer, PrimaryMap known, Deadline deadline, CancellationToken cancellationToken) =>
        Survey.OnePrimaryAsync(multiplexer, known, deadline, cancellationToken);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
