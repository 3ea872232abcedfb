using System.Diagnostics.CodeAnalysis;

namespace Oxcaching.Weaving;

/// <summary>
/// Which collections are written by their elements: arrays, those of System.Collections, and those that the compiler makes of
/// <c>[a, b]</c>. Others may have a state of their own, or may be there to be enumerated once.
/// </summary>
[UnconditionalSuppressMessage("Trimming", "IL2070", Justification = "An interface that was trimmed away is one that nothing enumerates the collection by.")]
internal static class KeyCollections
{
    private const string Namespace = "System.Collections";
    private const string MadeByCompiler = "<>z__ReadOnly";

    /// <summary>The type of the elements; null if the type is not such a collection.</summary>
    public static Type? ElementOf(Type type)
    {
        if (type.IsArray)
        {
            return type.IsSZArray ? type.GetElementType() : null;
        }

        if (!IsFamiliar(type) || !(type.IsInterface || HasCount(type)))
        {
            return null;
        }

        var enumerable = AllInterfaces(type).Where(candidate => Is(candidate, typeof(IEnumerable<>))).Take(2).ToList();
        return enumerable.Count == 1 ? enumerable[0].GetGenericArguments()[0] : null;
    }

    /// <summary>Whether values of the type are such collections.</summary>
    public static bool AreKnown(Type type) => KeyShape.Of(type) is CollectionShape;

    /// <summary>Whether the order of the elements is a part of the value.</summary>
    public static bool HaveOrder(Type type)
    {
        var interfaces = type.GetInterfaces();
        return interfaces.Any(candidate => Is(candidate, typeof(IList<>)))
            || !interfaces.Any(candidate => Is(candidate, typeof(ISet<>)) || Is(candidate, typeof(IReadOnlySet<>))
                || Is(candidate, typeof(IDictionary<,>)) || Is(candidate, typeof(IReadOnlyDictionary<,>)));
    }

    private static bool IsFamiliar(Type type) => type.Namespace is { } name
        ? (name == Namespace || name.StartsWith(Namespace + ".", StringComparison.Ordinal) || Is(type, typeof(ArraySegment<>)))
        : type.Name.StartsWith(MadeByCompiler, StringComparison.Ordinal);

    /// <summary>What has a count is there as a whole; iterators have none.</summary>
    private static bool HasCount(Type type) => type.GetInterfaces().Any(
        candidate => Is(candidate, typeof(ICollection<>)) || Is(candidate, typeof(IReadOnlyCollection<>)));

    private static IEnumerable<Type> AllInterfaces(Type type) => type.IsInterface ? type.GetInterfaces().Append(type) : type.GetInterfaces();

    private static bool Is(Type type, Type definition) => type.IsGenericType && type.GetGenericTypeDefinition() == definition;
}
