using Mono.Cecil;

namespace Oxcaching.Fody.Keys;

/// <summary>Follows the members that a template names, as far as there are any.</summary>
internal sealed class MemberPath
{
    public MemberPath(TypeReference type, IEnumerable<string> names, TypeDefinition user)
    {
        Type = type;
        foreach (var name in names)
        {
            // Null anywhere is an empty text, so the value of a T? needs no unwrapping by name.
            var underlying = TypeFacts.NullableArgument(Type);
            if (underlying is not null && name == KnownNames.Value)
            {
                Type = underlying;
                continue;
            }

            if (underlying is not null && name != KnownNames.HasValue)
            {
                Type = underlying;
            }

            if (MemberFinder.Find(Type, name, user) is not { } member)
            {
                Unknown = name;
                return;
            }

            Type = member.Type;
        }
    }

    /// <summary>The type at the end of the path, or the one that lacks the <see cref="Unknown"/> member.</summary>
    public TypeReference Type { get; }

    /// <summary>The first name that is no member; null if all are.</summary>
    public string? Unknown { get; }
}
