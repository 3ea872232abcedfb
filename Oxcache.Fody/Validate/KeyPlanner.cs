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
        var named = parts.Select(part => part.Parameter).Where(parameter => parameter is not null).Distinct();
        foreach (var parameter in named)
        {
            CheckFormat(parameter!);
        }

        return parts;
    }

    private List<KeyPart> OfTemplate(string template)
    {
        var parts = new List<KeyPart>();
        foreach (var piece in Parse(template))
        {
            if (!piece.IsName)
            {
                parts.Add(KeyPart.OfLiteral(piece.Text));
            }
            else if (_cached.Method.Parameters.FirstOrDefault(parameter => parameter.Name == piece.Text) is { } parameter)
            {
                parts.Add(KeyPart.OfText(parameter));
            }
            else if (TypeParameters.Of(_cached.Method).FirstOrDefault(type => type.Name == piece.Text) is { } typeParameter)
            {
                parts.Add(KeyPart.OfTypeName(typeParameter));
            }
            else
            {
                _report("OXC006", ProblemOfName(template, piece.Text));
            }
        }

        return parts;
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
        var nearest = NearestName.Of(name, names);
        var hint = nearest is null ? "" : $" Did you mean {{{nearest}}}?";
        var available = names.Count == 0 ? "The method has none." : $"There are: {string.Join(", ", names)}.";
        return $"the template \"{template}\" names {{{name}}}, which is no parameter.{hint} {available}";
    }

    private void CheckFormat(ParameterDefinition parameter)
    {
        if (TypeFacts.IsUnstorable(parameter.ParameterType))
        {
            return; // told already, as OXC003 or OXC004
        }

        var problem = KeyFormats.Of(parameter.ParameterType).Problem;
        if (problem is not null)
        {
            _report(
                "OXC010", $"the parameter {parameter.Name} cannot be part of the key: {TypeNames.Of(parameter.ParameterType)} {problem}. "
                + Remedy(parameter));
        }
    }

    private string Remedy(ParameterDefinition parameter) => _cached.Settings.Key is null
        ? "Implement IFormattable or Oxcaching.ICacheKeyPart on the type, name other parameters in Key, "
            + $"or leave it out of the key with [CacheKeyIgnore] on {parameter.Name}."
        : $"Implement IFormattable or Oxcaching.ICacheKeyPart on the type, or take {{{parameter.Name}}} out of the template.";
}
