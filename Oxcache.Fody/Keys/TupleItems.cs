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
    private readonly bool _isNullable;

    private TupleItems(TypeReference type, IReadOnlyList<string?> names, int start)
    {
        var inner = Inner(type);
        var underlying = TypeFacts.NullableArgument(inner);
        _isNullable = underlying is not null;
        _type = underlying is null ? inner : Inner(underlying);
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
            fields.AddRange(items.Position(name) is { } position
                ? Enumerable.Repeat("Rest", position / RestPosition).Append($"Item{(position % RestPosition) + 1}")
                : new[] { name });
            items = items.After(name, user) ?? items;
        }

        return fields;
    }

    public static bool IsTuple(TypeReference type) => Tuple(Inner(type)) is not null;

    /// <summary>The names of the items of the tuple where a path goes astray, as the source gives them.</summary>
    public static List<string> NamesWhereUnknown(ParameterDefinition parameter, IReadOnlyList<string> path, TypeDefinition user)
    {
        var items = Of(parameter.ParameterType, parameter);
        foreach (var name in path)
        {
            if (items.After(name, user) is not { } next)
            {
                break;
            }

            items = next;
        }

        return Enumerable.Range(0, Count(items._type)).Select(items.NameAt).ToList();
    }

    private static TupleItems Of(TypeReference type, ICustomAttributeProvider declared)
    {
        var attribute = declared.CustomAttributes.FirstOrDefault(candidate => candidate.AttributeType.FullName == KnownNames.TupleElementNamesAttribute);
        var names = attribute?.ConstructorArguments[0].Value as CustomAttributeArgument[] ?? Array.Empty<CustomAttributeArgument>();
        return new TupleItems(type, names.Select(name => name.Value as string).ToList(), 0);
    }

    /// <summary>What a name leads to; null when it is no member.</summary>
    private TupleItems? After(string name, TypeDefinition user)
    {
        if (Position(name) is { } position)
        {
            return At(position);
        }

        if (MemberFinder.Find(_type, name, user) is { } member)
        {
            return Of(member.Type, member.Declaration);
        }

        return !_isNullable ? null
            : name == KnownNames.Value ? new TupleItems(_type, _names, _start)
            : name == KnownNames.HasValue ? new TupleItems(user.Module.TypeSystem.Boolean, Array.Empty<string>(), 0)
            : null;
    }

    private string NameAt(int position) => _start + position < _names.Count && _names[_start + position] is { } name ? name : $"Item{position + 1}";

    /// <summary>Counted from 0; null when the name is none of an item.</summary>
    private int? Position(string name)
    {
        for (var position = 0; position < Count(_type); position++)
        {
            if (name == $"Item{position + 1}" || name == NameAt(position))
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
