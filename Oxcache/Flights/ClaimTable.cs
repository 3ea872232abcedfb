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
        _stripes = new ClaimStripe[(int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Environment.ProcessorCount * 8)];
        for (var i = 0; i < _stripes.Length; i++)
        {
            _stripes[i] = new ClaimStripe();
        }
    }

    /// <summary>Locks a key until the scope is disposed.</summary>
    public KeyScope Enter(string key) => new(_stripes[key.GetHashCode() & (_stripes.Length - 1)], key);

    /// <summary>Overtakes every claim that was made before the call.</summary>
    public void OvertakeAll()
    {
        foreach (var stripe in _stripes)
        {
            stripe.OvertakeAll();
        }
    }
}
