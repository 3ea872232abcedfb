namespace Oxcaching.Tests.Faults;

/// <summary>Tells from what a client sends whether it subscribes.</summary>
internal sealed class SubscriptionSniffer
{
    private static readonly byte[][] Commands = ["$9\r\nSUBSCRIBE\r\n"u8.ToArray(), "$10\r\nPSUBSCRIBE\r\n"u8.ToArray()];
    private static readonly int Overlap = Commands.Max(command => command.Length) - 1;

    /// <summary>The end of what came before: a command may come in two reads.</summary>
    private byte[] _tail = [];

    public bool Sees(ReadOnlySpan<byte> bytes)
    {
        byte[] text = [.. _tail, .. bytes];
        _tail = text[Math.Max(0, text.Length - Overlap)..];
        return Commands.Any(command => text.AsSpan().IndexOf(command) >= 0);
    }
}
