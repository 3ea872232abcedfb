using System.Reflection;
using System.Runtime.CompilerServices;

namespace Oxcaching.Weaving;

/// <summary>Writes a tuple, or a pair of a dictionary, by its items: <c>[1,5'alice]</c>.</summary>
internal sealed class TupleShape(Type type) : KeyShape
{
    private readonly FieldInfo[] _items = [.. KeyMembers.Of(type)];

    public static bool Fits(Type type) => type.IsGenericType && type.Assembly == typeof(object).Assembly
        && (typeof(ITuple).IsAssignableFrom(type) || type.GetGenericTypeDefinition() == typeof(KeyValuePair<,>)) && !type.IsInterface;

    public override void Append(scoped ref CacheKeyBuilder key, object value)
    {
        var separator = "[";
        foreach (var item in _items)
        {
            key.AppendLiteral(separator);
            key.AppendMember(item.GetValue(value), item.FieldType);
            separator = ",";
        }

        key.AppendLiteral("]");
    }
}
