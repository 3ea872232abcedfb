using System.Net;
using Oxcaching.Configuration;
using Oxcaching.Timing;
using StackExchange.Redis;

namespace Oxcaching.Remote.Topology;

/// <summary>A primary that sentinels watch: they say where it is, and announce when another takes its place.</summary>
/// <remarks>
/// The newest of their answers counts, and none that is older than what was followed already unless most of them agree on it, so a
/// sentinel that was cut off does not lead back to an old primary. Where no sentinel answers, the last primary stays.
/// </remarks>
internal sealed class SentinelTopology : ITopology
{
    private readonly RedisAddress _address;
    private readonly IReadOnlyList<SentinelNode> _sentinels;
    private readonly AbandonedLinks _abandoned = new();
    private SentinelAnswer? _followed;

    public SentinelTopology(RedisAddress address, TimeSpan connectionTimeout, TimeSpan commandTimeout, TimeProvider time)
    {
        _address = address;
        _sentinels = [.. address.EndPoints.Select(endPoint => new SentinelNode(address, endPoint, connectionTimeout, commandTimeout, _abandoned, time))];
        foreach (var sentinel in _sentinels)
        {
            sentinel.Switched += () => Moved?.Invoke();
        }
    }

    public event Action? Moved;

    public bool IsCluster => false;

    public bool MayMove => true;

    public void Configure(ConfigurationOptions options)
    {
    }

    public async Task<IReadOnlyList<EndPoint>> LocateAsync(Deadline deadline, CancellationToken cancellationToken)
    {
        var (answers, failure) = await AskAsync(deadline, cancellationToken).ConfigureAwait(false);
        if (answers.Count > 0)
        {
            var newest = answers.MaxBy(answer => answer.Epoch);
            if (_followed is not { } followed || newest.Epoch >= followed.Epoch || IsMajority(answers.Count(answer => answer == newest)))
            {
                _followed = newest;
            }
        }

        return _followed is { } found ? [found.Primary] : throw failure!;
    }

    /// <summary>A server that a sentinel names is used only if it says of itself that it is a primary.</summary>
    public async Task<PrimaryMap> SurveyAsync(
        IConnectionMultiplexer multiplexer, PrimaryMap known, Deadline deadline, CancellationToken cancellationToken)
    {
        var found = await Survey.OnePrimaryAsync(multiplexer, known, deadline, cancellationToken).ConfigureAwait(false);
        var role = await RedisCall.RunAsync(
            () => multiplexer.GetDatabase().ExecuteAsync("ROLE"), found.All[0], null, deadline, cancellationToken).ConfigureAwait(false);
        return role.Length > 0 && role[0].ToString() == "master" ? found
            : throw new RemoteException(RemoteFailure.Misdirected, $"{found.All[0]} is no primary.");
    }

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_sentinels.Select(sentinel => sentinel.DisposeAsync().AsTask())).ConfigureAwait(false);
        await _abandoned.WhenClosedAsync().ConfigureAwait(false);
    }

    private bool IsMajority(int count) => count * 2 > _sentinels.Count;

    /// <summary>Asks all sentinels at once, and waits until most of them have answered or all have been given their time.</summary>
    private async Task<(IReadOnlyList<SentinelAnswer> Answers, RemoteException? Failure)> AskAsync(Deadline deadline, CancellationToken cancellationToken)
    {
        var answers = new List<SentinelAnswer>();
        RemoteException? failure = null;
        var asked = _sentinels.Select(sentinel => sentinel.AskAsync(deadline, cancellationToken)).ToList();
        asked.ForEach(RedisCall.Observe);
        await foreach (var answer in Task.WhenEach(asked).ConfigureAwait(false))
        {
            try
            {
                answers.Add(await answer.ConfigureAwait(false));
            }
            catch (RemoteException e)
            {
                failure = e;
            }

            if (IsMajority(answers.Count))
            {
                break;
            }
        }

        return (answers, failure);
    }
}
