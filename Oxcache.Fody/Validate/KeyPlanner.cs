using Mono.Cecil;
using Oxcaching.Fody.Find;
using Oxcaching.Fody.Keys;

namespace Oxcaching.Fody.Validate;

/// <summary>OXC005, OXC006, OXC010: plans the key of a method, and reports why it cannot be built.</summary>
internal sealed class KeyPlanner
{
    private readonly CachedMethod _cached;
    private readonly Action<string, string?> _report;

    public KeyPlanner(CachedMethod cached, Action<string, string?> report)
    {
        _cached = cached;
        _report = report;
    }

    public List<KeyPart> Plan()
    {
        var parts = _cached.Settings.Key is { } template ? OfTemplate(template) : DefaultKey.Of(_cached.Method);
        foreach (var part in parts.Where(part => part.Parameter is not null).GroupBy(NameOf).Select(same => same.First()))
        {
            CheckFormat(part);
        }

        return parts;
    }

    private List<KeyPart> OfTemplate(string template) =>
        Parse(template).Select(piece => piece.Name is null ? KeyPart.OfLiteral(piece.Text) : OfName(template, piece)).OfType<KeyPart>().ToList();

    /// <summary>What a name in braces stands for; null when that was reported.</summary>
    private KeyPart? OfName(string template, TemplatePiece piece)
    {
        if (_cached.Method.Parameters.FirstOrDefault(parameter => parameter.Name == piece.Name) is { } parameter)
        {
            var members = TupleItems.InPath(parameter, piece.Members, _cached.Method.DeclaringType);
            if (ProblemOfMembers(template, parameter, piece, members) is not { } problem)
            {
                return KeyPart.OfText(parameter, members, piece.Format);
            }

            _report("OXC006", problem);
            return null;
        }

        if (piece.Format is null && TypeParameters.Of(_cached.Method).FirstOrDefault(type => type.Name == piece.Text) is { } typeParameter)
        {
            return KeyPart.OfTypeName(typeParameter);
        }

        _report("OXC006", ProblemOfName(template, piece.Name!));
        return null;
    }

    private List<TemplatePiece> Parse(string template)
    {
        try
        {
            return TemplateParser.Parse(template);
        }
        catch (TemplateException e)
        {
            _report("OXC005", $"the template \"{template}\" is malformed: {e.Message}.");
            return new List<TemplatePiece>();
        }
    }

    private string ProblemOfName(string template, string name)
    {
        var names = _cached.Method.Parameters
            .Where(parameter => parameter.ParameterType.FullName != KnownNames.CancellationToken)
            .Select(parameter => parameter.Name)
            .ToList();
        var available = names.Count == 0 ? "The method has none." : $"There are: {string.Join(", ", names)}.";
        return $"the template \"{template}\" names {{{name}}}, which is no parameter.{Hint(name, names)} {available}";
    }

    private string? ProblemOfMembers(string template, ParameterDefinition parameter, TemplatePiece piece, IReadOnlyList<string> members)
    {
        var path = new MemberPath(parameter.ParameterType, members, _cached.Method.DeclaringType);
        if (path.Unknown is not { } unknown)
        {
            return null;
        }

        var names = TupleItems.IsTuple(path.Type)
            ? TupleItems.NamesWhereUnknown(parameter, piece.Members, _cached.Method.DeclaringType)
            : MemberFinder.Names(path.Type, _cached.Method.DeclaringType);
        var available = names.Count == 0 ? "The type has none that can be read here." : $"There are: {string.Join(", ", names)}.";
        return $"the template \"{template}\" names {{{piece.Text}}}, and {TypeNames.Of(path.Type)} has no property or field {unknown} that can be "
            + $"read here.{Hint(unknown, names)} {available}";
    }

    private static string Hint(string name, List<string> names) => NearestName.Of(name, names) is { } nearest ? $" Did you mean {{{nearest}}}?" : "";

    private static string NameOf(KeyPart part) => string.Join(".", part.Members.Prepend(part.Parameter!.Name)) + (part.Format is null ? "" : ":" + part.Format);

    private void CheckFormat(KeyPart part)
    {
        var parameter = part.Parameter!;
        if (TypeFacts.IsUnstorable(parameter.ParameterType))
        {
            return; // told already, as OXC003 or OXC004
        }

        var type = new MemberPath(parameter.ParameterType, part.Members, _cached.Method.DeclaringType).Type;
        var problem = parameter.ParameterType.FullName == KnownNames.CancellationToken
            ? "comes of a CancellationToken, and the token is never part of a key"
            : KeyFormats.Of(type).Problem;
        if (problem is not null)
        {
            var subject = part.Members.Count == 0 ? $"the parameter {parameter.Name}" : $"{{{NameOf(part)}}}";
            _report("OXC010", $"{subject} cannot be part of the key: {TypeNames.Of(type)} {problem}. " + Remedy(part));
        }
        else if (part.Format is not null && !TypeFacts.IsFormattable(type))
        {
            _report("OXC005", $"the template has {{{NameOf(part)}}}, and {TypeNames.Of(type)} takes no format: it does not implement IFormattable.");
        }
    }

    private string Remedy(KeyPart part) => _cached.Settings.Key is null
        ? "Implement IFormattable or Oxcaching.ICacheKeyPart on the type, name other parameters in Key, "
            + $"or leave it out of the key with [CacheKeyIgnore] on {part.Parameter!.Name}."
        : $"Implement IFormattable or Oxcaching.ICacheKeyPart on the type, name a member of it, or take {{{NameOf(part)}}} out of the template.";
}
