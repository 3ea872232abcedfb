using System.Runtime.CompilerServices;

namespace Oxcaching.Weaving;

/// <content>What woven code calls: arguments of a default key delimit themselves, text in a template is plain.</content>
public ref partial struct CacheKeyBuilder
{
    /// <summary>Appends fixed text.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AppendLiteral(string literal)
    {
        if (_error is null)
        {
            AppendRaw(literal);
        }
    }

    /// <summary>Appends the full name of a type that is known only at run time, without its assembly.</summary>
    public void AppendTypeName<T>()
        where T : allows ref struct => AppendLiteral(KeyTypeName<T>.Text);

    /// <summary>Appends an argument of a default key.</summary>
    public void AppendArgument(string? value)
    {
        AppendLiteral(":");
        AppendString(value, delimited: true);
    }

    /// <inheritdoc cref="AppendArgument(string?)"/>
    public void AppendArgument<T>(T value)
    {
        AppendLiteral(":");
        AppendValue(value, delimited: true);
    }

    /// <inheritdoc cref="AppendArgument(string?)"/>
    public void AppendNullableArgument<T>(T? value)
        where T : struct
    {
        AppendLiteral(":");
        AppendNullable(value, delimited: true);
    }

    /// <inheritdoc cref="AppendArgument(string?)"/>
    public void AppendEnumArgument<TEnum>(TEnum value)
        where TEnum : struct, Enum
    {
        AppendLiteral(":");
        AppendEnum(value, delimited: true);
    }

    /// <inheritdoc cref="AppendArgument(string?)"/>
    public void AppendNullableEnumArgument<TEnum>(TEnum? value)
        where TEnum : struct, Enum
    {
        AppendLiteral(":");
        AppendNullableEnum(value, delimited: true);
    }

    /// <summary>Appends a value to a key made by a template.</summary>
    public void AppendText(string? value) => AppendString(value, delimited: false);

    /// <inheritdoc cref="AppendText(string?)"/>
    public void AppendText<T>(T value) => AppendValue(value, delimited: false);

    /// <inheritdoc cref="AppendText(string?)"/>
    public void AppendNullableText<T>(T? value)
        where T : struct => AppendNullable(value, delimited: false);

    /// <inheritdoc cref="AppendText(string?)"/>
    public void AppendEnumText<TEnum>(TEnum value)
        where TEnum : struct, Enum => AppendEnum(value, delimited: false);

    /// <inheritdoc cref="AppendText(string?)"/>
    public void AppendNullableEnumText<TEnum>(TEnum? value)
        where TEnum : struct, Enum => AppendNullableEnum(value, delimited: false);

    /// <summary>Appends a value to a key made by a template, in a format of its own; null as nothing.</summary>
    public void AppendFormattedText<T>(T value, string format)
        where T : IFormattable? => AppendInFormat(value, format);

    /// <inheritdoc cref="AppendFormattedText{T}(T, string)"/>
    public void AppendNullableFormattedText<T>(T? value, string format)
        where T : struct, IFormattable
    {
        if (value is not null)
        {
            AppendInFormat(value.GetValueOrDefault(), format);
        }
    }
}
