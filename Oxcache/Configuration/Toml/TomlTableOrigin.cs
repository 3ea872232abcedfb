namespace Oxcaching.Configuration.Toml;

/// <summary>How a table came to be, which decides what may still be added to it.</summary>
internal enum TomlTableOrigin
{
    /// <summary>As a parent of a <c>[table]</c>; its own header, or dotted keys, may still define it.</summary>
    Implicit,

    /// <summary>By its own <c>[table]</c> or <c>[[table]]</c>, or as the root.</summary>
    Header,

    /// <summary>By a dotted key; other dotted keys and headers of subtables may add to it.</summary>
    Dotted,

    /// <summary>As <c>{ … }</c>: complete where it stands.</summary>
    Inline,
}
