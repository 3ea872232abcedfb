namespace Oxcaching.Configuration.TomlTree;

/// <summary>How deep tables and arrays may nest, so that no file can exhaust the stack.</summary>
internal static class TomlDepth
{
    public const int Max = 64;

    public static void Check(int depth, TomlPosition position)
    {
        if (depth > Max)
        {
            throw Exceeded(position);
        }
    }

    public static TomlSyntaxException Exceeded(TomlPosition position) =>
        new(position, $"nested too deeply, at most {Max} levels of tables and arrays are allowed");
}
