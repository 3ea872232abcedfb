using Oxcaching.Diagnostics;
using Oxcaching.Remote;
using Oxcaching.Timing;

namespace Oxcaching.Recovery;

/// <summary>What a Redis that answers does not do for one service, and when it does it again. Thread-safe.</summary>
/// <remarks>
/// The gate knows whether there is a way to Redis; here is what may be done at its end, by which user, at which keys. A call that is refused finds it out.
/// Invariant: from then on no load waits for that primary, as if it were away, and it is tried again and again, until it does what every load needs. Each
/// refusal is logged once, and again only if it was gone for a while.
/// </remarks>
internal sealed class RemotePermit(RemoteSpace space, RemoteGate gate, ServiceEvents events, TimeSpan commandTimeout, TimeProvider time) : IAsyncDisposable
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestOfPassing = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan StableAfter = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, long> _saidAt = [];
    private readonly CancellationTokenSource _stopping = new();
    private volatile Refusal[] _refusals = [];
    private volatile string? _noMessages;
    private Task _trying = Task.CompletedTask;
    private TimeSpan _pause;
    private long? _grantedAt;

    /// <summary>Raised from any thread when what is refused has changed.</summary>
    public event Action? Changed;

    /// <summary>Raised from any thread when something that was refused is granted.</summary>
    public event Action? Granted;

    /// <summary>Nothing is refused to the service's calls.</summary>
    public bool IsClear => _refusals.Length == 0;

    /// <summary>Some primary does nothing for the service.</summary>
    public bool IsCutOffSomewhere => Array.Exists(_refusals, CutsOff);

    /// <summary>No primary does anything for the service.</summary>
    public bool IsCutOff => !IsClear && space.Connection.AllPrimaries.All(primary => Array.Exists(_refusals, refusal => refusal.Primary == primary && CutsOff(refusal)));

    /// <summary>What is refused at this moment, a sentence each.</summary>
    public IEnumerable<string> Sentences => [.. _refusals.Select(refusal => refusal.Sentence).Distinct(), .. _noMessages is { } sentence ? [sentence] : Array.Empty<string>()];

    /// <summary>Whether messages may not be sent or heard, so far as is known.</summary>
    public bool HasNoMessages => _noMessages is not null;

    /// <summary>Whether calls about the key may be made.</summary>
    public bool Allows(RemoteKey key) => Of(key) is not { } refusal || !CutsOff(refusal);

    /// <summary>Whether a value of the key, or the lease for one, would be taken.</summary>
    public bool AllowsValue(RemoteKey key) => Of(key) is null;

    /// <summary>Remembers why a call failed, if that is a matter of what Redis does at all. Its caller then is told the same as if Redis were away.</summary>
    public bool Remember(RemoteException error)
    {
        if (error is not { Limit: not (RemoteLimit.None or RemoteLimit.Messages), Primary: { } primary })
        {
            return false;
        }

        Add(new Refusal(primary, error.Limit, error.Message));
        return true;
    }

    /// <summary>A value had no room at the key's primary.</summary>
    /// <returns>What to say of it.</returns>
    public string RememberFull(RemoteKey key)
    {
        var primary = space.Connection.PrimaryOf(key.Redis);
        var sentence = $"Redis {primary} {RemoteLimits.Full}";
        Add(new Refusal(primary, RemoteLimit.Full, sentence));
        return sentence;
    }

    /// <summary>Messages may not be sent or heard, or may be again: null.</summary>
    public void SetMessages(RemoteException? refused)
    {
        if ((refused is null) == (_noMessages is null))
        {
            return;
        }

        _noMessages = refused?.Message;
        if (refused is null)
        {
            events.Granted();
        }
        else
        {
            Say(refused.Message);
        }

        Changed?.Invoke();
    }

    /// <summary>Finds out whether every primary does what is needed, for an instance that would not ask for long.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task TryAllAsync(Deadline deadline, CancellationToken cancellationToken)
    {
        foreach (var primary in space.Connection.AllPrimaries.Where(primary => !primary.IsDown && !Array.Exists(_refusals, refusal => refusal.Primary == primary)))
        {
            try
            {
                await space.TryAsync(primary, thoroughly: false, deadline, cancellationToken).ConfigureAwait(false);
            }
            catch (RemoteException e)
            {
                Remember(e);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        Task trying;
        lock (_lock)
        {
            trying = _trying;
        }

        await trying.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stopping.Dispose();
    }

    /// <summary>A full Redis still reads and deletes.</summary>
    private static bool CutsOff(Refusal refusal) => refusal.Limit != RemoteLimit.Full;

    private Refusal? Of(RemoteKey key)
    {
        var refusals = _refusals;
        if (refusals.Length == 0)
        {
            return null;
        }

        var primary = space.Connection.PrimaryOf(key.Redis);
        return Array.Find(refusals, refusal => refusal.Primary == primary);
    }

    private void Add(Refusal refusal)
    {
        lock (_lock)
        {
            if (_stopping.IsCancellationRequested || (_refusals.Contains(refusal) && !_trying.IsCompleted))
            {
                return;
            }

            _refusals = [.. _refusals.Where(other => other.Primary != refusal.Primary), refusal];
            if (_trying.IsCompleted)
            {
                _pause = _grantedAt is { } at && time.GetElapsedTime(at) < StableAfter ? _pause : TimeSpan.Zero;
                _trying = Task.Run(TryAgainAsync);
            }
        }

        Say(refusal.Sentence);
        Changed?.Invoke();
    }

    private void Say(string sentence)
    {
        lock (_lock)
        {
            var wasSaid = _saidAt.TryGetValue(sentence, out var at) && time.GetElapsedTime(at) < StableAfter;
            _saidAt[sentence] = time.GetTimestamp();
            if (wasSaid)
            {
                return;
            }
        }

        events.Limited(sentence);
    }

    private async Task TryAgainAsync()
    {
        try
        {
            do
            {
                await Task.Delay(NextPause() * (0.75 + (Random.Shared.NextDouble() / 4)), time, _stopping.Token).ConfigureAwait(false);
            }
            while (!await IsGrantedAsync().ConfigureAwait(false));
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // The service is closed.
        }
    }

    private TimeSpan NextPause()
    {
        lock (_lock)
        {
            var longest = Array.TrueForAll(_refusals, refusal => refusal.Limit == RemoteLimit.Passing) ? LongestOfPassing : Longest;
            var longer = _pause == TimeSpan.Zero ? ShortestPause : _pause * 2;
            return _pause = longer < longest ? longer : longest;
        }
    }

    /// <summary>Tries all that is refused; whether nothing is any more.</summary>
    private async Task<bool> IsGrantedAsync()
    {
        if (!gate.IsOpen)
        {
            return false;
        }

        var granted = new List<Refusal>();
        foreach (var refusal in _refusals)
        {
            if (await IsGrantedAsync(refusal).ConfigureAwait(false))
            {
                granted.Add(refusal);
            }
        }

        if (granted.Count == 0)
        {
            return false;
        }

        bool isClear;
        lock (_lock)
        {
            _refusals = [.. _refusals.Where(refusal => !granted.Contains(refusal))];
            isClear = IsClear;
            _grantedAt = time.GetTimestamp();
            if (isClear)
            {
                // Seen as over by who adds one from now on.
                _trying = Task.CompletedTask;
            }
        }

        events.Granted();
        Changed?.Invoke();
        Granted?.Invoke();
        return isClear;
    }

    private async Task<bool> IsGrantedAsync(Refusal refusal)
    {
        if (!space.Connection.AllPrimaries.Contains(refusal.Primary))
        {
            // Another has its keys.
            return true;
        }

        try
        {
            await space.TryAsync(refusal.Primary, thoroughly: true, Deadline.After(commandTimeout, time), _stopping.Token).ConfigureAwait(false);
            return true;
        }
        catch (RemoteException e)
        {
            // It may be another reason than before.
            Remember(e);
            return false;
        }
        catch (Exception e) when (!_stopping.IsCancellationRequested)
        {
            // This loop must not end.
            events.Internal(e);
            return false;
        }
    }
}
