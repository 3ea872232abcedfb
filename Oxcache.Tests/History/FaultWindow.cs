namespace Oxcaching.Tests.History;

/// <summary>A fault between one instance and Redis.</summary>
/// <param name="Instance">Whose connections it hit.</param>
/// <param name="Time">From before it was applied until after it was healed.</param>
/// <param name="IsSilent">Whether the connections stayed up, so that the instance notices only by what does not arrive.</param>
/// <param name="IsLasting">Whether connections stay dead when it heals, until the instance gives them up.</param>
/// <param name="HitsCommands">Whether it hit the connection for commands, and not only that for messages.</param>
/// <param name="Text">What it was, for people.</param>
internal sealed record FaultWindow(int Instance, Interval Time, bool IsSilent, bool IsLasting, bool HitsCommands, string Text)
{
    public override string ToString() =>
        $"{Operation.Milliseconds(Time.Begin)} … {Operation.Milliseconds(Time.End)} {Instance,5} fault: {Text}";
}
