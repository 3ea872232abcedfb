namespace Oxcaching.Tests.History.Checking;

/// <summary>Pairs of bodies of one key that ran at the same time although nothing overtook the flight of the first.</summary>
internal static class OverlappingBodies
{
    /// <param name="history">Where writes and loads are found.</param>
    /// <param name="key">The key of all the bodies.</param>
    /// <param name="bodies">In the order in which they began.</param>
    /// <param name="messageTime">How long after its end a write may still overtake flights of other instances.</param>
    public static IEnumerable<(Operation First, Operation Second, Interval Time)> Find(
        RunHistory history, string key, IReadOnlyList<Operation> bodies, TimeSpan messageTime)
    {
        for (var i = 0; i < bodies.Count; i++)
        {
            for (var j = i + 1; j < bodies.Count && bodies[j].Begin < bodies[i].End; j++)
            {
                var time = new Interval(TakeOff(history, bodies[i]), bodies[j].Begin);
                if (!IsOvertaken(history.Writes(key), time, messageTime))
                {
                    yield return (bodies[i], bodies[j], time);
                }
            }
        }
    }

    private static bool IsOvertaken(ReadOnlySpan<Operation> writes, Interval time, TimeSpan messageTime)
    {
        foreach (var write in writes)
        {
            if (write.Begin <= time.End && write.End + messageTime >= time.Begin)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The earliest that the body's flight may have begun: its starter waits for as long as the flight lasts.</summary>
    private static TimeSpan TakeOff(RunHistory history, Operation body) =>
        history.Reads(body.Key)
            .Where(read => read.Kind == OperationKind.Load && read.Instance == body.Instance && read.Levels == body.Levels)
            .Where(read => read.Begin <= body.Begin && body.Begin <= read.End)
            .Select(read => read.Begin)
            .Append(body.Begin)
            .Min();
}
