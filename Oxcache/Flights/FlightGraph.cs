namespace Oxcaching.Flights;

/// <summary>Who waits for whom among flights whose bodies call cached methods themselves. Thread-safe.</summary>
/// <remarks>Invariant: the graph has no cycle, so no flights wait for each other forever. Only nested calls come here.</remarks>
internal static class FlightGraph
{
    private static readonly Lock Lock = new();

    /// <summary>Notes that one flight waits for another; false, and nothing is noted, where the other waits for it already.</summary>
    public static bool TryWait(Flight waiter, Flight awaited)
    {
        lock (Lock)
        {
            if (Reaches(awaited, waiter, []))
            {
                return false;
            }

            (waiter.WaitsFor ??= []).Add(awaited);
            return true;
        }
    }

    public static void EndWait(Flight waiter, Flight awaited)
    {
        lock (Lock)
        {
            waiter.WaitsFor?.Remove(awaited);
        }
    }

    private static bool Reaches(Flight from, Flight to, HashSet<Flight> seen)
    {
        if (from == to)
        {
            return true;
        }

        if (from.WaitsFor is null or [] || !seen.Add(from))
        {
            return false;
        }

        foreach (var next in from.WaitsFor)
        {
            if (Reaches(next, to, seen))
            {
                return true;
            }
        }

        return false;
    }
}
