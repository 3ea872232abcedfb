using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Oxcaching.Weaving;

/// <content>How each kind of value is written.</content>
public ref partial struct CacheKeyBuilder
{
    private void AppendValue<T>(T value, bool delimited)
    {
        if (_error is not null || TryAppendPlain(ref value))
        {
            return;
        }

        if (typeof(T) == typeof(bool))
        {
            AppendRaw(Unsafe.As<T, bool>(ref value) ? bool.TrueString : bool.FalseString);
        }
        else if (typeof(T) == typeof(char))
        {
            AppendRaw(new ReadOnlySpan<char>(in Unsafe.As<T, char>(ref value)));
            Delimit(1, delimited);
        }
        else if (typeof(T).IsValueType && default(T) is not null)
        {
            AppendStruct(value, delimited);
        }
        else
        {
            AppendReference(value, delimited);
        }
    }

    private void AppendString(string? value, bool delimited)
    {
        if (_error is not null)
        {
            return;
        }

        if (value is null)
        {
            AppendNull(delimited);
            return;
        }

        if (delimited)
        {
            AppendPlain(value.Length);
            AppendRaw("'");
        }

        AppendRaw(value);
    }

    private void AppendNullable<T>(T? value, bool delimited)
        where T : struct
    {
        if (value is null)
        {
            AppendNull(delimited);
        }
        else
        {
            AppendValue(value.GetValueOrDefault(), delimited);
        }
    }

    private void AppendNullableEnum<TEnum>(TEnum? value, bool delimited)
        where TEnum : struct, Enum
    {
        if (value is null)
        {
            AppendNull(delimited);
        }
        else
        {
            AppendEnum(value.GetValueOrDefault(), delimited);
        }
    }

    private void AppendEnum<TEnum>(TEnum value, bool delimited)
        where TEnum : struct, Enum
    {
        if (_error is not null)
        {
            return;
        }

        if (Enum.TryFormat(value, Free, out var written))
        {
            _length += written;
            Delimit(written, delimited);
        }
        else
        {
            AppendString(value.ToString(), delimited);
        }
    }

    private void AppendStruct<T>(T value, bool delimited)
    {
        if (value is IFormattable or ICacheKeyPart)
        {
            AppendFormatted(value, delimited);
        }
        else
        {
            AppendOther(value!, delimited);
        }
    }

    private void AppendReference<T>(T value, bool delimited)
    {
        if (value is null)
        {
            AppendNull(delimited);
            return;
        }

        AppendObject(value, typeof(T), KeyShape<T>.Instance, delimited);
    }

    private void AppendObject(object value, Type declared, KeyShape? declaredShape, bool delimited)
    {
        var type = value.GetType();
        if (declaredShape is CollectionShape collection && KeyCollections.AreKnown(type))
        {
            AppendShape(collection, value);
            return;
        }

        // What only the run time knows of a value is part of its identity: (object)1 is not (object)1L.
        if (delimited && type != declared && Nullable.GetUnderlyingType(declared) is null)
        {
            AppendRaw("(");
            AppendRaw(KeyTypeName.Of(type));
            AppendRaw(")");
        }

        AppendBoxed(value, delimited);
    }

    private void AppendBoxed(object value, bool delimited)
    {
        switch (value)
        {
            case string v: AppendString(v, delimited); break;
            case bool v: AppendValue(v, delimited); break;
            case char v: AppendValue(v, delimited); break;
            case Uri v: AppendString(v.OriginalString, delimited); break; // its ToString unescapes
            case Type v: AppendString(KeyTypeName.Of(v), delimited); break;
            case ISpanFormattable v when KeyFormat.IsPlain(value.GetType(), out var specifier): AppendPlain(v, specifier); break;
            case ICacheKeyPart or IFormattable: AppendFormatted(value, delimited); break;
            default: AppendOther(value, delimited); break;
        }
    }

    private void AppendOther(object value, bool delimited)
    {
        if (KeyShape.Of(value.GetType()) is { } shape)
        {
            AppendShape(shape, value);
        }
        else
        {
            AppendByToString(value, delimited);
        }
    }

    /// <summary>Writes what a value says of itself. Its code is the user's and may throw anything.</summary>
    private void AppendFormatted<T>(T value, bool delimited)
    {
        try
        {
            if (value is ICacheKeyPart)
            {
                AppendOwnText(((ICacheKeyPart)value).GetCacheKeyPart(), value, delimited);
            }
            else if (value is ISpanFormattable
                && ((ISpanFormattable)value).TryFormat(Free, out var written, default, CultureInfo.InvariantCulture))
            {
                _length += (uint)written <= (uint)Free.Length ? written : throw new FormatException(
                    $"{value.GetType()}.TryFormat says that it wrote more characters than there was room for.");
                Delimit(written, delimited);
            }
            else
            {
                AppendOwnText(((IFormattable)value!).ToString(null, CultureInfo.InvariantCulture), value, delimited);
            }
        }
        catch (Exception e)
        {
            Fail(e);
        }
    }

    private void AppendByToString(object value, bool delimited)
    {
        try
        {
            if (KeyFormat.HasTellingToString(value))
            {
                AppendOwnText(KeyFormat.InvariantToString(value), value, delimited);
            }
            else
            {
                Fail(new FormatException($"{value.GetType()} has no usable key format: implement IFormattable or ICacheKeyPart on it."));
            }
        }
        catch (Exception e)
        {
            Fail(e);
        }
    }

    private void AppendOwnText<T>(string? text, T value, bool delimited) =>
        AppendString(text ?? throw new FormatException($"{value!.GetType()} gave null for its text in a key."), delimited);

    private void AppendNull(bool delimited)
    {
        if (delimited)
        {
            AppendLiteral("~");
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void AppendRaw(scoped ReadOnlySpan<char> text)
    {
        if (TryReserve(text.Length))
        {
            text.CopyTo(MemoryMarshal.CreateSpan(ref End, text.Length));
            _length += text.Length;
        }
    }

    /// <summary>Puts the length before the last characters written, so that what follows cannot be taken for a part of them.</summary>
    private void Delimit(int written, bool delimited)
    {
        if (!delimited || _error is not null)
        {
            return;
        }

        Span<char> prefix = stackalloc char[11];
        written.TryFormat(prefix, out var digits, default, CultureInfo.InvariantCulture);
        prefix[digits] = '\'';
        prefix = prefix[..(digits + 1)];
        if (TryReserve(prefix.Length))
        {
            var text = Buffer.Slice(_length - written, written + prefix.Length);
            text[..written].CopyTo(text[prefix.Length..]);
            prefix.CopyTo(text);
            _length += prefix.Length;
        }
    }
}
