using Oxcaching.Tests.Faults;

namespace Oxcaching.Tests.Coherence.Protocol;

/// <summary>The scenarios, by what they are about.</summary>
internal static partial class Scenarios
{
    public static IReadOnlyList<Scenario> All { get; } = [.. Loads, .. Writes, .. Messages, .. Gaps, .. Replay];

    public static Scenario Named(string name) => All.Single(scenario => scenario.Name == name);

    /// <summary>Until so many bytes that contain the text wait in a proxy.</summary>
    private static Task WaitingAsync(Stage stage, TcpProxy proxy, Direction direction, string text) =>
        stage.EventuallyAsync(() => proxy.Waiting(direction, ConnectionKind.Interactive).Contains(text, StringComparison.Ordinal));
}
