namespace Oxcaching.Fody.Portable;

/// <summary>Members of char that the framework has only since .NET 7.</summary>
internal static class CharacterClasses
{
    extension(char)
    {
        public static bool IsAsciiDigit(char c) => c is >= '0' and <= '9';

        public static bool IsAsciiLetterOrDigit(char c) => char.IsAsciiDigit(c) || (c | 0x20) is >= 'a' and <= 'z';

        public static bool IsAsciiHexDigit(char c) => char.IsAsciiDigit(c) || (c | 0x20) is >= 'a' and <= 'f';
    }
}
