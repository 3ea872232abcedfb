namespace Oxcaching.Flights;

/// <summary>The claims on the keys that share one lock.</summary>
internal sealed class ClaimStripe
{
    public Lock Lock { get; } = new();

    /// <summary>The first of the claims on each key. Guarded by <see cref="Lock"/>.</summary>
    public Dictionary<string, Claim> Claims { get; } = [];

    public void OvertakeAll()
    {
        lock (Lock)
        {
            foreach (var first in Claims.Values)
            {
                Overtake(first);
            }

            Claims.Clear();
        }
    }

    public static void Overtake(Claim? first)
    {
        for (var claim = first; claim is not null; claim = claim.Next)
        {
            claim.IsOvertaken = true;
            claim.IsListed = false;
        }
    }
}
