using System.Text;
using Mono.Cecil;

namespace Oxcaching.Fody.Keys;

/// <summary>
/// The key of a method without a template: <c>Shop.Users.GetUserAsync(long):42</c>. Keys live on in Redis, so the format that
/// docs/KEYS.md gives is final.
/// </summary>
internal sealed class DefaultKey
{
    private readonly List<KeyPart> _parts = new();
    private readonly StringBuilder _literal = new();

    private DefaultKey()
    {
    }

    public static List<KeyPart> Of(MethodDefinition method)
    {
        var key = new DefaultKey();
        key.AddType(method.DeclaringType);
        key.AddMethod(method);
        key.Flush();
        key._parts.AddRange(Parameters(method).Select(KeyPart.OfArgument));
        return key._parts;
    }

    /// <summary>The parameters whose values are in the default key.</summary>
    public static IEnumerable<ParameterDefinition> Parameters(MethodDefinition method) => method.Parameters.Where(
        parameter => parameter.ParameterType.FullName != KnownNames.CancellationToken
            && !TypeFacts.Has(parameter, KnownNames.CacheKeyIgnoreAttribute));

    private void AddType(TypeDefinition type)
    {
        var inherited = 0;
        if (type.DeclaringType is { } outer)
        {
            AddType(outer);
            _literal.Append('+');
            inherited = outer.GenericParameters.Count;
        }
        else if (type.Namespace.Length > 0)
        {
            _literal.Append(type.Namespace).Append('.');
        }

        _literal.Append(TypeNames.Simple(type));
        AddTypeArguments(type.GenericParameters.Skip(inherited));
    }

    private void AddMethod(MethodDefinition method)
    {
        // Brackets keep the dots and angles of explicit implementations and local functions apart from those of types.
        var isSimple = method.Name.All(character => character is not '.' and not '<');
        _literal.Append('.').Append(isSimple ? method.Name : $"[{method.Name}]");
        AddTypeArguments(method.GenericParameters);
        var types = method.Parameters.Select(SignatureName);
        _literal.Append('(').Append(string.Join(",", types)).Append(')');
    }

    /// <summary>Tokens are so common that their name is kept short.</summary>
    private static string SignatureName(ParameterDefinition parameter) => parameter.ParameterType.FullName == KnownNames.CancellationToken
        ? nameof(CancellationToken)
        : TypeNames.Of(parameter.ParameterType);

    private void AddTypeArguments(IEnumerable<GenericParameter> parameters)
    {
        var before = "<";
        foreach (var parameter in parameters)
        {
            _literal.Append(before);
            Flush();
            _parts.Add(KeyPart.OfTypeName(parameter));
            before = ",";
        }

        if (before == ",")
        {
            _literal.Append('>');
        }
    }

    private void Flush()
    {
        if (_literal.Length > 0)
        {
            _parts.Add(KeyPart.OfLiteral(_literal.ToString()));
            _literal.Clear();
        }
    }
}
