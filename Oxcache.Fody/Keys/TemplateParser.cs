using System.Text;

namespace Oxcaching.Fody.Keys;

/// <summary>Reads a template like <c>"user_{id}_{day:yyyy-MM-dd}_{request.Tenant}"</c>. Doubled braces are braces of the key.</summary>
internal sealed class TemplateParser
{
    private readonly string _template;
    private readonly List<TemplatePiece> _pieces = new();
    private readonly StringBuilder _text = new();
    private int _position;

    private TemplateParser(string template) => _template = template;

    /// <exception cref="TemplateException">The template is malformed.</exception>
    public static List<TemplatePiece> Parse(string template)
    {
        if (template.Length == 0)
        {
            throw new TemplateException("it is empty; leave Key out to get the default key");
        }

        var parser = new TemplateParser(template);
        parser.Read();
        return parser._pieces;
    }

    private void Read()
    {
        while (_position < _template.Length)
        {
            var current = _template[_position];
            var isDoubled = _position + 1 < _template.Length && _template[_position + 1] == current;
            if (current is '{' or '}' && isDoubled)
            {
                _text.Append(current);
                _position += 2;
            }
            else if (current == '{')
            {
                ReadName();
            }
            else if (current == '}')
            {
                throw new TemplateException($"the '}}' at position {_position + 1} closes nothing; write }}}} for a brace in the key");
            }
            else
            {
                _text.Append(current);
                _position++;
            }
        }

        Flush();
    }

    private void ReadName()
    {
        var end = _template.IndexOfAny(new[] { '{', '}' }, _position + 1);
        if (end < 0 || _template[end] == '{')
        {
            throw new TemplateException($"the '{{' at position {_position + 1} is not closed; write {{{{ for a brace in the key");
        }

        var content = _template.Substring(_position + 1, end - _position - 1);
        var colon = content.IndexOf(':');
        var format = colon < 0 ? null : content.Substring(colon + 1);
        var name = (colon < 0 ? content : content.Substring(0, colon)).Trim();
        var path = name.Split('.').Select(part => part.Trim().TrimStart('@')).ToArray();
        Check(name, path, format);
        Flush();
        _pieces.Add(new TemplatePiece(path, format));
        _position = end + 1;
    }

    private void Check(string name, string[] path, string? format)
    {
        if (name.Length == 0)
        {
            throw new TemplateException($"the braces at position {_position + 1} are empty; put the name of a parameter between them");
        }

        if (!path.All(IsIdentifier))
        {
            throw new TemplateException($"{{{name}}} is not the name of a parameter");
        }

        if (format?.Length == 0)
        {
            throw new TemplateException($"{{{name}:}} has no format after the ':'; leave the ':' out");
        }
    }

    private static bool IsIdentifier(string name) => name.Length > 0 && (char.IsLetter(name[0]) || name[0] == '_')
        && name.All(character => char.IsLetterOrDigit(character) || character == '_');

    private void Flush()
    {
        if (_text.Length > 0)
        {
            _pieces.Add(new TemplatePiece(_text.ToString()));
            _text.Clear();
        }
    }
}
