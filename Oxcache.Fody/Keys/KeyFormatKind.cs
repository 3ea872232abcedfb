namespace Oxcaching.Fody.Keys;

/// <summary>How a value of some type gets into a key: which of the runtime's append methods takes it.</summary>
internal enum KeyFormatKind
{
    None,
    String,
    Value,
    Nullable,
    Enum,
    NullableEnum,
}
