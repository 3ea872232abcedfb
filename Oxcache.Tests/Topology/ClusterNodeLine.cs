using System.Globalization;

namespace Oxcaching.Tests.Topology;

/// <summary>One line of CLUSTER NODES.</summary>
internal sealed record ClusterNodeLine(int Port, string BusPort, bool IsPrimary, string PrimaryId, bool IsWell, IReadOnlyList<(int From, int To)> Slots)
{
    public int SlotCount => Slots.Sum(range => range.To - range.From + 1);

    public static ClusterNodeLine Parse(string line)
    {
        var fields = line.Split(' ');
        var ports = fields[1].Split(':')[1].Split('@');
        var flags = fields[2].Split(',');
        return new ClusterNodeLine(
            int.Parse(ports[0], CultureInfo.InvariantCulture),
            ports[1].Split(',')[0],
            flags.Contains("master"),
            fields[3],
            fields[7] == "connected" && !flags.Any(flag => flag.StartsWith("fail", StringComparison.Ordinal) || flag == "handshake"),
            [.. fields.Skip(8).Where(slots => !slots.StartsWith('[')).Select(Range)]);
    }

    public bool Has(int slot) => Slots.Any(range => range.From <= slot && slot <= range.To);

    private static (int From, int To) Range(string slots)
    {
        var ends = slots.Split('-').Select(end => int.Parse(end, CultureInfo.InvariantCulture)).ToList();
        return (ends[0], ends[^1]);
    }
}
