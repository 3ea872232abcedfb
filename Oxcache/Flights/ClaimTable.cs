using System.Numerics;
using Oxcaching.Local;

namespace Oxcaching.Flights;

/// <summary>Every claim of one service, by key. Thread-safe.</summary>
/// <remarks>
/// Invariant: what is stored in L1 is stored under the key's lock by a claim that stands in this table, and whoever changes the
/// key overtakes and removes the claims there under the same lock before he touches L1. So nothing that was read before a
/// change is stored after it. No code of the application runs under a lock.
/// </remarks>
internal sealed class ClaimTable
{
    private readonly ClaimStripe[] _stripes;

    public ClaimTable()
    {
        _stripes = new ClaimStripe[(int)BitOperations.RoundUpToPowerOf2((uint)Environment.ProcessorCount * 8)];
        for (var i = 0; i < _stripes.Length; i++)
        {
            _stripes[i] = new ClaimStripe();
        }
    }

    internal ReadOnlySpan<ClaimStripe> Stripes => _stripes;

    /// <summary>Locks a key until the scope is disposed.</summary>
    public KeyScope Enter(string key) => Enter(key, KeyHash.Of(key));

    /// <summary>Locks a key until the scope is disposed.</summary>
    /// <param name="key">The key.</param>
    /// <param name="hash">Its <see cref="KeyHash"/>.</param>
    public KeyScope Enter(string key, uint hash) => new(StripeOf(hash), key, hash);

    /// <summary>Locks a claim's key until the scope is disposed.</summary>
    public KeyScope Enter(Claim claim) => Enter(claim.Key, claim.Hash);

    /// <summary>Overtakes every claim that was made before the call.</summary>
    public void OvertakeAll()
    {
        foreach (var stripe in _stripes)
        {
            stripe.OvertakeAll();
        }
    }

    private ClaimStripe StripeOf(uint hash) => _stripes[hash & (_stripes.Length - 1)];
}
