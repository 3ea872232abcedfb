using Oxcaching.Configuration;

namespace Oxcaching.Tests.Coherence.Protocol;

/// <summary>A course of events that ends well by one rule of the protocol, and badly without it.</summary>
/// <param name="Name">What holds.</param>
/// <param name="Without">Switches the rule off.</param>
/// <param name="PlayAsync">Plays it, and asserts the end.</param>
internal sealed record Scenario(string Name, Func<ProtocolRules, ProtocolRules> Without, Func<Stage, Task> PlayAsync)
{
    /// <summary>Rules that would save the end, too, and are off so that it rests on the one alone.</summary>
    public ProtocolRules Rules { get; init; } = ProtocolRules.All;

    public Action<ServiceOptions>? Configure { get; init; }

    public override string ToString() => Name;
}
