using System.Globalization;
using System.Runtime.InteropServices;

namespace Oxcaching.Weaving;

/// <content>Values that consist of others, and values in a format of the template's.</content>
public ref partial struct CacheKeyBuilder
{
    /// <summary>What is nested deeper has a cycle in it, most likely.</summary>
    private const int DeepestNesting = 64;

    /// <summary>Appends an element of a collection.</summary>
    internal void AppendElement<T>(T value) => AppendValue(value, delimited: true);

    /// <summary>Appends a member of a record or tuple.</summary>
    internal void AppendMember(object? value, Type declared)
    {
        if (_error is not null)
        {
            return;
        }

        if (value is null)
        {
            AppendNull(delimited: true);
        }
        else
        {
            AppendObject(value, declared, KeyShape.Of(declared), delimited: true);
        }
    }

    /// <summary>Appends what the elements say in an order that does not depend on theirs.</summary>
    internal void AppendSorted<T>(IEnumerable<T> elements)
    {
        var start = _length;
        var texts = new List<string>();
        foreach (var element in elements)
        {
            AppendElement(element);
            if (_error is not null)
            {
                return;
            }

            texts.Add(Buffer[start.._length].ToString());
            _length = start;
        }

        texts.Sort(StringComparer.Ordinal);
        var separator = "";
        foreach (var text in CollectionsMarshal.AsSpan(texts))
        {
            AppendRaw(separator);
            AppendLiteral(text);
            separator = ",";
        }
    }

    private void AppendShape(KeyShape shape, object value)
    {
        if (_depth == DeepestNesting)
        {
            Fail(new FormatException($"{value.GetType()} is nested more than {DeepestNesting} levels deep, or contains itself."));
            return;
        }

        _depth++;
        try
        {
            shape.Append(ref this, value);
        }
        catch (Exception e)
        {
            Fail(e); // a collection that changes while it is read, a default ImmutableArray
        }

        _depth--;
    }

    /// <summary>The code of the value is the user's and may throw anything, and the format may be none of its type's.</summary>
    private void AppendInFormat<T>(T value, string format)
        where T : IFormattable?
    {
        if (_error is not null || value is null)
        {
            return;
        }

        try
        {
            AppendOwnText(value.ToString(format, CultureInfo.InvariantCulture), value, delimited: false);
        }
        catch (Exception e)
        {
            Fail(e);
        }
    }
}
