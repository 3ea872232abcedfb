using Mono.Cecil;
using Oxcaching.Fody.Find;
using Oxcaching.Fody.Keys;

namespace Oxcaching.Fody.Validate;

/// <summary>OXC011, OXC012 and OXC014: what a key leaves out that tells one call from another. Null means no problem.</summary>
internal static class KeyRules
{
    public static string? ProblemOfReceiver(MethodDefinition method, List<KeyPart> key)
    {
        var type = method.DeclaringType;
        var isRecord = type.Methods.Any(member => member.Name == KnownNames.RecordClone);
        if (!method.HasThis || !(type.IsValueType || isRecord) || !HasState(type) || key.Any(NamesInstance))
        {
            return null;
        }

        return $"the {(isRecord ? "record" : "struct")} {TypeNames.Of(type)} is a value, and the key has nothing of it: calls on different values "
            + "share their results. Pass what matters as a parameter, or make the method static.";
    }

    public static IEnumerable<string> ProblemsOfUnused(CachedMethod cached, List<KeyPart> key)
    {
        if (cached.Settings.Key is not { } template)
        {
            return Enumerable.Empty<string>();
        }

        return DefaultKey.Parameters(cached.Method)
            .Where(parameter => key.All(part => part.Parameter != parameter))
            .Select(parameter => $"the template \"{template}\" does not name the parameter {parameter.Name}: calls that differ in it alone share "
                + $"a result. Put {{{parameter.Name}}} into the template, or [CacheKeyIgnore] on the parameter if it does not change the result.");
    }

    public static string? ProblemOfTypeArguments(CachedMethod cached, List<KeyPart> key)
    {
        var missing = cached.Settings.Key is null
            ? new List<GenericParameter>()
            : TypeParameters.Of(cached.Method).Where(type => key.All(part => part.TypeParameter?.Name != type.Name)).ToList();
        if (missing.Count == 0)
        {
            return null;
        }

        var names = $"type argument{(missing.Count == 1 ? "" : "s")} {string.Join(", ", missing.Select(type => type.Name))}";
        return $"the template \"{cached.Settings.Key}\" omits the {names}: calls for different types would share their keys. "
            + $"Put {string.Concat(missing.Select(type => $"{{{type.Name}}}"))} into the template, or leave Key out to get the default key.";
    }

    /// <summary>A part that is neither text, parameter nor type argument is a member of the instance.</summary>
    private static bool NamesInstance(KeyPart part) =>
        part.Kind is not KeyPartKind.Literal and not KeyPartKind.TypeName && part.Parameter is null;

    private static bool HasState(TypeDefinition type) =>
        TypeFacts.Bases(type).SelectMany(current => current.Fields).Any(field => !field.IsStatic);
}
