namespace System.Text.RegularExpressions;

/// <summary>Marks what the source generator of later frameworks fills in; here the other half of the class does.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class GeneratedRegexAttribute : Attribute
{
    public GeneratedRegexAttribute(string pattern, RegexOptions options = RegexOptions.None)
    {
        Pattern = pattern;
        Options = options;
    }

    public string Pattern { get; }

    public RegexOptions Options { get; }
}
