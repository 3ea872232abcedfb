using System.Xml.Linq;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Oxcaching.Fody.Tests.Support;

/// <summary>Runs the weaver as Fody does, over reference assemblies.</summary>
internal static class WeaverRunner
{
    public static WeaveResult Weave(string source, Build build = Build.Debug, IReadOnlyList<string>? references = null)
    {
        references ??= References.Paths;
        return Weave(SourceCompiler.Compile(source, build, references), references);
    }

    public static WeaveResult Weave(byte[] assembly, IReadOnlyList<string> references)
    {
        using var resolver = new FixedResolver(references);
        using var module = ModuleDefinition.ReadModule(new MemoryStream(assembly), new ReaderParameters
        {
            AssemblyResolver = resolver,
            ReadSymbols = true,
            SymbolReaderProvider = new EmbeddedPortablePdbReaderProvider(),
        });
        var errors = new List<WeaveError>();
        var messages = new List<string>();
#pragma warning disable CS0618 // Fody sets these itself; they are obsolete for weavers, which call the methods instead
        var weaver = new ModuleWeaver
        {
            ModuleDefinition = module,
            AssemblyResolver = resolver,
            Config = new XElement("Oxcache"),
            LogMessage = (text, _) => messages.Add(text),
            LogError = text => errors.Add(new WeaveError(text, null, 0)),
            LogErrorPoint = (text, point) => errors.Add(new WeaveError(text, point?.Document.Url, point?.StartLine ?? 0)),
        };
#pragma warning restore CS0618
        weaver.Execute();

        return new WeaveResult(Write(module), errors, messages);
    }

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
