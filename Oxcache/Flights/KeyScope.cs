namespace Oxcaching.Flights;

/// <summary>A key locked: its claims can be looked at and changed until the scope is disposed.</summary>
internal readonly ref struct KeyScope
{
    private readonly ClaimStripe _stripe;
    private readonly string _key;
    private readonly uint _hash;
    private readonly Lock.Scope _lock;

    internal KeyScope(ClaimStripe stripe, string key, uint hash)
    {
        _stripe = stripe;
        _key = key;
        _hash = hash;
        _lock = stripe.Lock.EnterScope();
    }

    public string Key => _key;

    public uint Hash => _hash;

    public void Dispose() => _lock.Dispose();

    public void Add(Claim claim) => _stripe.Add(claim);

    /// <summary>Lists a flight, and has its deadline watched.</summary>
    public void Add(Flight flight)
    {
        _stripe.Add(flight);
        _stripe.Flights.Append(flight);
    }

    /// <summary>Takes a claim out; one that is not there (any more) changes nothing.</summary>
    public void Remove(Claim claim) => _stripe.Remove(claim);

    /// <summary>Takes a flight out whose body has come to its end.</summary>
    public void Remove(Flight flight)
    {
        _stripe.Remove(flight);
        _stripe.Flights.Remove(flight);
    }

    /// <summary>Takes every claim out; none of them will store anything.</summary>
    public void Overtake() => _stripe.Overtake(_key, _hash);

    /// <summary>Takes one claim out; it will store nothing.</summary>
    public void Overtake(Claim claim)
    {
        claim.IsOvertaken = true;
        _stripe.Remove(claim);
    }

    /// <summary>The flight that a call with these terms may join.</summary>
    public Flight<T>? FindFlight<T>(LoadTerms terms) => _stripe.FindFlight<T>(_key, _hash, terms);
}
