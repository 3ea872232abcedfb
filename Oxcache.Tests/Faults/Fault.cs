namespace Oxcaching.Tests.Faults;

/// <summary>What a proxy does with bytes, and how much of it.</summary>
public sealed record Fault
{
    private Fault(FaultKind kind) => Kind = kind;

    /// <summary>None at all.</summary>
    public static Fault Pass { get; } = new(FaultKind.Pass);

    /// <summary>Bytes wait, in order, until something else is applied. A network that loses packets looks so: TCP sends them again.</summary>
    public static Fault Hold { get; } = new(FaultKind.Hold);

    /// <summary>
    /// Bytes go nowhere and the connection stays up, as with a router that has forgotten it. A connection that has lost bytes
    /// this way stays dead when the proxy heals, for the rest of the stream would make no sense.
    /// </summary>
    public static Fault BlackHole { get; } = new(FaultKind.BlackHole);

    public FaultKind Kind { get; }

    /// <summary>What a connection lets pass until it is held; null holds all.</summary>
    public string? From { get; private init; }

    /// <summary>How long each chunk waits, or the pause between two trickles.</summary>
    public TimeSpan Time { get; private init; }

    /// <summary>By how much a delay is longer or shorter, at most.</summary>
    public TimeSpan Jitter { get; private init; }

    /// <summary>How many bytes trickle at a time.</summary>
    public int Bytes { get; private init; }

    /// <summary>Bytes pass until some contain the text, which wait as all that follow.</summary>
    public static Fault HoldFrom(string text) => new(FaultKind.Hold) { From = text };

    public static Fault Delay(TimeSpan by, TimeSpan jitter = default) => new(FaultKind.Delay) { Time = by, Jitter = jitter };

    public static Fault Trickle(int bytes, TimeSpan every) => new(FaultKind.Trickle) { Bytes = bytes, Time = every };

    public override string ToString() => Kind switch
    {
        FaultKind.Delay => $"delay {Time.TotalMilliseconds:0} ± {Jitter.TotalMilliseconds:0} ms",
        FaultKind.Trickle => $"trickle {Bytes} bytes every {Time.TotalMilliseconds:0} ms",
        _ => Kind.ToString(),
    };
}
