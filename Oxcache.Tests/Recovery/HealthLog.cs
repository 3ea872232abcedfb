using System.Collections.Concurrent;
using Oxcaching.Tests.TestSupport;

namespace Oxcaching.Tests.Recovery;

/// <summary>Hears of every change of a client's health.</summary>
internal sealed class HealthLog
{
    private readonly ConcurrentQueue<CacheHealth> _heard = new();
    private readonly ICacheClient _client;

    public HealthLog(ICacheClient client)
    {
        _client = client;
        client.HealthChanged += (sender, health) =>
        {
            Assert.Same(client, sender);
            _heard.Enqueue(health);
        };
    }

    public IReadOnlyList<CacheHealth> Heard => [.. _heard];

    public IEnumerable<HealthState> States => _heard.Select(health => health.State);

    /// <summary>Until the client is in that state and has said so.</summary>
    public Task UntilAsync(HealthState state) =>
        Eventually.Is(() => _client.Health.State == state && _heard.LastOrDefault()?.State == state);
}
