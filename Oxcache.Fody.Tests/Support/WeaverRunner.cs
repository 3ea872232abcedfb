using System.Xml.Linq;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Oxcaching.Fody.Tests.Support;

/// <summary>Runs the weaver as Fody does, over reference assemblies.</summary>
internal static class WeaverRunner
{
    public static WeaveResult Weave(
        string source, Build build = Build.Debug, IReadOnlyList<string>? references = null, ProjectFolder? project = null, string? noWarn = null)
    {
        references ??= References.Paths;
        return Weave(SourceCompiler.Compile(source, build, references), references, project, noWarn);
    }

    public static WeaveResult Weave(byte[] assembly, IReadOnlyList<string> references, ProjectFolder? project = null, string? noWarn = null)
    {
        using var resolver = new FixedResolver(references);
        using var module = ModuleDefinition.ReadModule(new MemoryStream(assembly), new ReaderParameters
        {
            AssemblyResolver = resolver,
            ReadSymbols = true,
            SymbolReaderProvider = new EmbeddedPortablePdbReaderProvider(),
        });
        var errors = new List<WeaveError>();
        var warnings = new List<WeaveError>();
        var messages = new List<string>();
#pragma warning disable CS0618 // Fody sets these itself; they are obsolete for weavers, which call the methods instead
        var weaver = new ModuleWeaver
        {
            ModuleDefinition = module,
            AssemblyResolver = resolver,
            Config = new XElement("Oxcache", noWarn is null ? null : new XAttribute("NoWarn", noWarn)),
            ProjectDirectoryPath = project?.FullName ?? "",
            ProjectFilePath = project?.ProjectFile ?? "",
            AssemblyFilePath = project?.AssemblyFile ?? "",
            LogMessage = (text, _) => messages.Add(text),
            LogError = text => errors.Add(Placed(text, null)),
            LogErrorPoint = (text, point) => errors.Add(Placed(text, point)),
            LogWarning = text => warnings.Add(Placed(text, null)),
            LogWarningPoint = (text, point) => warnings.Add(Placed(text, point)),
        };
#pragma warning restore CS0618
        weaver.Execute();

        return new WeaveResult(Write(module), errors, warnings, messages);
    }

    private static WeaveError Placed(string text, SequencePoint? point) => new(text, point?.Document.Url, point?.StartLine ?? 0);

    /// <summary>Cecil embeds symbols only when it writes to a file.</summary>
    private static byte[] Write(ModuleDefinition module)
    {
        var path = Path.GetTempFileName();
        try
        {
            module.Write(path, new WriterParameters { WriteSymbols = true, SymbolWriterProvider = new EmbeddedPortablePdbWriterProvider() });
            return File.ReadAllBytes(path);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
