using System.Xml.Linq;
using Mono.Cecil;

namespace Oxcaching.Fody.Validate;

/// <summary>
/// Which warnings are not wanted: those that <c>NoWarn</c> in FodyWeavers.xml names, and those that an attribute on the method, a type
/// around it, or the assembly suppresses. The compiler's own NoWarn does not reach a weaver.
/// </summary>
internal sealed class Silence
{
    private const string NoWarn = "NoWarn";
    private const string Category = "Oxcache";

    /// <summary>A suppression with one of these is about something else than the member that carries it.</summary>
    private static readonly string[] ElsewhereProperties = { "Scope", "Target" };

    private static readonly char[] Separators = { ';', ',', ' ', '\t', '\r', '\n' };

    private readonly HashSet<string> _everywhere;

    public Silence(XElement config) => _everywhere = new HashSet<string>(
        ((string?)config.Attribute(NoWarn) ?? "").Split(Separators, StringSplitOptions.RemoveEmptyEntries), StringComparer.OrdinalIgnoreCase);

    public bool Covers(string id, MethodDefinition method) =>
        _everywhere.Contains(id) || Around(method).Any(member => IsSuppressed(id, member));

    private static IEnumerable<ICustomAttributeProvider> Around(MethodDefinition method)
    {
        yield return method;
        for (TypeDefinition? type = method.DeclaringType; type is not null; type = type.DeclaringType)
        {
            yield return type;
        }

        yield return method.Module.Assembly;
    }

    private static bool IsSuppressed(string id, ICustomAttributeProvider member) =>
        member.HasCustomAttributes && member.CustomAttributes.Any(attribute => Suppresses(attribute, id));

    private static bool Suppresses(CustomAttribute attribute, string id)
    {
        if (attribute.AttributeType.FullName is not KnownNames.SuppressMessageAttribute and not KnownNames.UnconditionalSuppressMessageAttribute
            || attribute.Properties.Any(property => ElsewhereProperties.Contains(property.Name)))
        {
            return false;
        }

        // The check may carry a title: "OXC012:Parameter not in the key".
        var category = attribute.ConstructorArguments[0].Value as string;
        var check = (attribute.ConstructorArguments[1].Value as string)?.Split(':')[0].Trim();
        return string.Equals(category, Category, StringComparison.OrdinalIgnoreCase) && string.Equals(check, id, StringComparison.OrdinalIgnoreCase);
    }
}
