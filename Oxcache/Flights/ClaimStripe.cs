namespace Oxcaching.Flights;

/// <summary>The claims on the keys that share one lock. Guarded by it.</summary>
/// <remarks>A hash table whose links are in the claims themselves, so that making and removing one allocates nothing.</remarks>
internal sealed class ClaimStripe
{
    private Claim?[] _buckets = new Claim?[4];
    private int _count;

    public Lock Lock { get; } = new();

    /// <summary>The flights that are in the air, also those that were overtaken.</summary>
    public FlightQueue Flights { get; } = new();

    public void Add(Claim claim)
    {
        if (_count == _buckets.Length)
        {
            Grow();
        }

        claim.IsListed = true;
        Link(claim);
        _count++;
    }

    /// <summary>Takes a claim out; one that is not there (any more) changes nothing.</summary>
    public void Remove(Claim claim)
    {
        if (!claim.IsListed)
        {
            return;
        }

        ref var bucket = ref BucketOf(claim.Hash);
        if (bucket == claim)
        {
            bucket = claim.Next;
        }
        else
        {
            var before = bucket!;
            while (before.Next != claim)
            {
                before = before.Next!;
            }

            before.Next = claim.Next;
        }

        claim.Next = null;
        claim.IsListed = false;
        _count--;
    }

    public void Overtake(string key, uint hash)
    {
        for (var claim = BucketOf(hash); claim is not null;)
        {
            var next = claim.Next;
            if (claim.IsOn(key, hash))
            {
                claim.IsOvertaken = true;
                Remove(claim);
            }

            claim = next;
        }
    }

    public void OvertakeAll()
    {
        lock (Lock)
        {
            foreach (ref var bucket in _buckets.AsSpan())
            {
                while (bucket is { } claim)
                {
                    claim.IsOvertaken = true;
                    Remove(claim);
                }
            }
        }
    }

    public Flight<T>? FindFlight<T>(string key, uint hash, LoadTerms terms)
    {
        for (var claim = BucketOf(hash); claim is not null; claim = claim.Next)
        {
            if (claim.IsOn(key, hash) && claim is Flight<T> flight && flight.Terms == terms)
            {
                return flight;
            }
        }

        return null;
    }

    /// <summary>By bits that do not tell the stripe as well.</summary>
    private ref Claim? BucketOf(uint hash) => ref _buckets[(hash >> 16) & (_buckets.Length - 1)];

    private void Link(Claim claim)
    {
        ref var bucket = ref BucketOf(claim.Hash);
        claim.Next = bucket;
        bucket = claim;
    }

    private void Grow()
    {
        var smaller = _buckets;
        _buckets = new Claim?[smaller.Length * 2];
        foreach (var first in smaller)
        {
            for (var claim = first; claim is not null;)
            {
                var next = claim.Next;
                Link(claim);
                claim = next;
            }
        }
    }
}
