namespace Oxcaching.Fody.Keys;

/// <summary>The kinds of <see cref="KeyPart"/>.</summary>
internal enum KeyPartKind
{
    /// <summary>Text known at build time.</summary>
    Literal,

    /// <summary>The name of a type argument, known at run time.</summary>
    TypeName,

    /// <summary>An argument that delimits itself, in a default key.</summary>
    Argument,

    /// <summary>An argument as plain text, in a template.</summary>
    Text,
}
