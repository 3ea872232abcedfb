using Oxcaching.Configuration.TomlTree;

namespace Oxcaching.Configuration;

/// <summary>Finds, reads and binds a configuration file.</summary>
internal static class ConfigurationFile
{
    /// <summary>Everything at once: binding, validation, settings.</summary>
    public static OxcacheConfiguration Load(string path)
    {
        var (options, problems) = Read(path);
        return new OptionsResolver(options, problems).Resolve();
    }

    /// <summary>The options, after all rules but those that depend on the rest of the program.</summary>
    public static OxcacheOptions LoadOptions(string path)
    {
        var (options, problems) = Read(path);
        new OptionsResolver(options, problems).Check();
        problems.ThrowIfAny();
        return options;
    }

    private static (OxcacheOptions Options, ProblemList Problems) Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var file = Path.GetFileName(path) is { Length: > 0 } name ? name : path;
        var document = Parse(ReadBytes(Find(path, file), file), file);
        var problems = new ProblemList(file);
        return (new OptionsBinder(new SourceMap(file), problems).Bind(document), problems);
    }

    private static string Find(string path, string file)
    {
        string[] places = [.. new[] { Path.GetFullPath(path), Path.GetFullPath(path, AppContext.BaseDirectory) }.Distinct()];
        return places.FirstOrDefault(File.Exists)
            ?? throw new OxcacheConfigurationException([$"{file}: file not found, looked for {string.Join(" and ", places)}"]);
    }

    /// <summary>At most one byte over the limit, so that a huge or endless file is refused, not read.</summary>
    private static byte[] ReadBytes(string path, string file)
    {
        try
        {
            using var stream = File.OpenRead(path);
            var bytes = new byte[TomlText.MaxLength + 1];
            return bytes[..stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new OxcacheConfigurationException([$"{file}: the file cannot be read: {e.Message}"], e);
        }
    }

    private static TomlTable Parse(byte[] bytes, string file)
    {
        try
        {
            return TomlDocument.Read(bytes);
        }
        catch (TomlSyntaxException e)
        {
            var problems = new ProblemList(file);
            foreach (var error in e.Errors)
            {
                problems.Add(error.Position, error.Path.Length > 0 ? error.Path : "TOML", error.Message);
            }

            throw new OxcacheConfigurationException(problems.ToLines());
        }
    }
}
