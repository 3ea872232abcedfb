namespace Oxcaching.Configuration.Toml;

/// <summary>How deep tables and arrays may nest, so that no file can exhaust the stack.</summary>
internal static class TomlDepth
{
    public const int Max = 64;

    public static void Check(int depth, TomlCursor cursor)
    {
        if (depth > Max)
        {
            throw cursor.Error($"nested too deeply, at most {Max} levels of tables and arrays are allowed");
        }
    }
}
