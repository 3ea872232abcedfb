namespace Oxcaching.Flights;

/// <summary>A key locked: its claims can be looked at and changed until the scope is disposed.</summary>
internal readonly ref struct KeyScope
{
    private readonly ClaimStripe _stripe;
    private readonly string _key;
    private readonly Lock.Scope _lock;

    internal KeyScope(ClaimStripe stripe, string key)
    {
        _stripe = stripe;
        _key = key;
        _lock = stripe.Lock.EnterScope();
    }

    public void Dispose() => _lock.Dispose();

    public void Add(Claim claim)
    {
        claim.Next = First;
        claim.IsListed = true;
        _stripe.Claims[_key] = claim;
    }

    /// <summary>Takes a claim out; one that is not there (any more) changes nothing.</summary>
    public void Remove(Claim claim)
    {
        claim.IsListed = false;
        var first = First;
        if (first == claim)
        {
            SetFirst(claim.Next);
            return;
        }

        for (var before = first; before is not null; before = before.Next)
        {
            if (before.Next == claim)
            {
                before.Next = claim.Next;
                return;
            }
        }
    }

    /// <summary>Takes every claim out; none of them will store anything.</summary>
    public void Overtake()
    {
        ClaimStripe.Overtake(First);
        SetFirst(null);
    }

    /// <summary>Takes one claim out; it will store nothing.</summary>
    public void Overtake(Claim claim)
    {
        claim.IsOvertaken = true;
        Remove(claim);
    }

    /// <summary>The flight that a call with these terms may join.</summary>
    public Flight<T>? FindFlight<T>(LoadTerms terms)
    {
        for (var claim = First; claim is not null; claim = claim.Next)
        {
            if (claim is Flight<T> flight && flight.Terms == terms)
            {
                return flight;
            }
        }

        return null;
    }

    private Claim? First => _stripe.Claims.GetValueOrDefault(_key);

    private void SetFirst(Claim? claim)
    {
        if (claim is null)
        {
            _stripe.Claims.Remove(_key);
        }
        else
        {
            _stripe.Claims[_key] = claim;
        }
    }
}
