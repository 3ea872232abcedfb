using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;
using Microsoft.CodeAnalysis.Text;

namespace Oxcaching.Fody.Tests.Support;

/// <summary>Compiles a test source in memory, with an embedded PDB.</summary>
internal static class SourceCompiler
{
    public const string FileName = "Scenario.cs";

    private const string Usings = """
        global using System;
        global using System.Collections.Generic;
        global using System.Linq;
        global using System.Threading;
        global using System.Threading.Tasks;
        global using Oxcaching;
        """;

    private static int _number;

    /// <summary>Wraps the source in a namespace of its own, because keys do not name the assembly.</summary>
    public static byte[] Compile(string source, Build build, IReadOnlyList<string> references)
    {
        var name = $"Case{Interlocked.Increment(ref _number)}";
        var options = new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, nullableContextOptions: NullableContextOptions.Enable)
            .WithOptimizationLevel(build == Build.Debug ? OptimizationLevel.Debug : OptimizationLevel.Release);
        var compilation = CSharpCompilation.Create(
            name,
            [Parse(Usings, "Usings.cs"), Parse($"namespace {name};\n#line 1 \"{FileName}\"\n{source}", FileName)],
            References.ForCompiler(references),
            options);
        return Emit(compilation);
    }

    /// <summary>Compiles a library that stands in for the runtime library.</summary>
    public static byte[] CompileRuntime(string assemblyName, string source) => Emit(CSharpCompilation.Create(
        assemblyName,
        [Parse(source, "Runtime.cs")],
        References.ForCompiler(References.WithoutRuntime),
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary)));

    private static byte[] Emit(CSharpCompilation compilation)
    {
        using var assembly = new MemoryStream();
        var result = compilation.Emit(assembly, options: new EmitOptions(debugInformationFormat: DebugInformationFormat.Embedded));
        Assert.True(result.Success, string.Join('\n', result.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)));
        return assembly.ToArray();
    }

    /// <summary>With the symbol that the package's build file defines.</summary>
    private static SyntaxTree Parse(string source, string path) => CSharpSyntaxTree.ParseText(
        SourceText.From(source, System.Text.Encoding.UTF8), new CSharpParseOptions(LanguageVersion.Preview, preprocessorSymbols: ["CODE_ANALYSIS"]), path);
}
