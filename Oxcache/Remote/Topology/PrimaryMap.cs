using System.Net;
using StackExchange.Redis;

namespace Oxcaching.Remote.Topology;

/// <summary>The primaries as a survey found them, and which of them has a key. Does not change.</summary>
internal sealed class PrimaryMap
{
    public const int SlotCount = 16384;

    private readonly Primary[]? _slots;
    private readonly Func<RedisKey, int>? _slotOf;
    private readonly bool _isCovered = true;

    /// <summary>One primary has all keys.</summary>
    public PrimaryMap(Primary primary) => All = [primary];

    /// <summary>Each has a part of the keys.</summary>
    /// <param name="all">Every primary once, those aside that have no slot.</param>
    /// <param name="slots">For each slot its primary.</param>
    /// <param name="slotOf">The slot of a key.</param>
    public PrimaryMap(IReadOnlyList<Primary> all, Primary[] slots, Func<RedisKey, int> slotOf)
    {
        All = all;
        _slots = slots;
        _slotOf = slotOf;
        _isCovered = Array.TrueForAll(slots, primary => primary.EndPoint is not null);
    }

    public IReadOnlyList<Primary> All { get; }

    public bool AllDown => All.All(primary => primary.IsDown);

    /// <summary>Every primary answers, and every key has one.</summary>
    public bool AllWell => _isCovered && All.All(primary => primary.IsWell);

    public Primary Of(RedisKey key) => _slots is null ? All[0] : _slots[_slotOf!(key)];

    public Primary? At(EndPoint? endPoint) => All.FirstOrDefault(primary => Equals(primary.EndPoint, endPoint));

    public bool HasSameEndPoints(PrimaryMap other) =>
        All.Select(primary => primary.EndPoint).ToHashSet().SetEquals(other.All.Select(primary => primary.EndPoint));
}
