using System.Runtime.CompilerServices;

namespace Oxcaching.Weaving;

/// <summary>How a value that consists of others is written: a record or a tuple by its members, a collection by its elements.</summary>
internal abstract class KeyShape
{
    /// <summary>The answer for each type that was asked about; it does not keep the types of unloadable contexts alive.</summary>
    private static readonly ConditionalWeakTable<Type, StrongBox<KeyShape?>> Shapes = [];

    /// <summary>The shape of a type; null if its values do not consist of others.</summary>
    public static KeyShape? Of(Type type) => Shapes.GetValue(type, static type => new(Make(type))).Value;

    /// <summary>Appends a value of the type.</summary>
    public abstract void Append(scoped ref CacheKeyBuilder key, object value);

    private static KeyShape? Make(Type type)
    {
        if (KeyCollections.ElementOf(type) is { } element)
        {
            return CollectionShape.Make(type, element);
        }

        return TupleShape.Fits(type) ? new TupleShape(type) : RecordShape.Fits(type) ? new RecordShape(type) : null;
    }
}
