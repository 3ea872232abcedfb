using Mono.Cecil;

namespace Oxcaching.Fody.Keys;

/// <summary>Knows the items of a tuple by the names that the source gives them.</summary>
/// <remarks>
/// The compiler keeps the names of all tuples within a type in one attribute beside the type: those of a tuple first, then those of
/// the tuples within its items. Items from the eighth on are in a tuple of their own, whose names come as nulls.
/// </remarks>
internal sealed class TupleItems
{
    private const int RestPosition = 7;

    private readonly TypeReference _type;
    private readonly IReadOnlyList<string?> _names;
    private readonly int _start;

    private TupleItems(TypeReference type, IReadOnlyList<string?> names, int start)
    {
        var inner = Inner(type);
        _type = TypeFacts.NullableArgument(inner) is { } underlying ? Inner(underlying) : inner;
        _names = names;
        _start = start;
    }

    /// <summary>The path with the names of tuple items replaced by those of the fields: <c>{pair.Name}</c> is <c>{pair.Item2}</c>.</summary>
    public static IReadOnlyList<string> InPath(ParameterDefinition parameter, IReadOnlyList<string> path, TypeDefinition user)
    {
        var fields = new List<string>();
        var items = Of(parameter.ParameterType, parameter);
        foreach (var name in path)
        {
            if (items.Position(name) is { } position)
            {
                fields.AddRange(Enumerable.Repeat("Rest", position / RestPosition).Append($"Item{(position % RestPosition) + 1}"));
                items = items.At(position);
                continue;
            }

            fields.Add(name);
            if (MemberFinder.Find(items._type, name, user) is { } member)
            {
                items = Of(member.Type, member.Declaration);
            }
        }

        return fields;
    }

    private static TupleItems Of(TypeReference type, ICustomAttributeProvider declared)
    {
        var attribute = declared.CustomAttributes.FirstOrDefault(candidate => candidate.AttributeType.FullName == KnownNames.TupleElementNamesAttribute);
        var names = attribute?.ConstructorArguments[0].Value as CustomAttributeArgument[] ?? Array.Empty<CustomAttributeArgument>();
        return new TupleItems(type, names.Select(name => name.Value as string).ToList(), 0);
    }

    /// <summary>Counted from 0; null when the name is none of an item.</summary>
    private int? Position(string name)
    {
        for (var position = 0; position < Count(_type); position++)
        {
            if (name == $"Item{position + 1}" || (_start + position < _names.Count && _names[_start + position] == name))
            {
                return position;
            }
        }

        return null;
    }

    private TupleItems At(int position)
    {
        var (type, start) = (_type, _start);
        while (true)
        {
            var arguments = ((GenericInstanceType)type).GenericArguments;
            var own = Math.Min(position, RestPosition);
            start += Count(type) + arguments.Take(own).Sum(Size);
            if (position < RestPosition)
            {
                return new TupleItems(arguments[own], _names, start);
            }

            (type, position) = (arguments[RestPosition], position - RestPosition);
        }
    }

    /// <summary>The items of a tuple; 0 for other types.</summary>
    private static int Count(TypeReference type) => Tuple(type) is not { } tuple ? 0
        : tuple.GenericArguments.Count <= RestPosition ? tuple.GenericArguments.Count
        : RestPosition + Count(tuple.GenericArguments[RestPosition]);

    /// <summary>How many names there are for a type and all within it.</summary>
    private static int Size(TypeReference type) => Inner(type) switch
    {
        GenericInstanceType generic => Count(generic) + generic.GenericArguments.Sum(Size),
        ArrayType array => Size(array.ElementType),
        _ => 0,
    };

    private static GenericInstanceType? Tuple(TypeReference type) =>
        type is GenericInstanceType generic && generic.ElementType.FullName.StartsWith(KnownNames.ValueTuple, StringComparison.Ordinal) ? generic : null;

    private static TypeReference Inner(TypeReference type) => type is IModifierType modified ? Inner(modified.ElementType) : type;
}
