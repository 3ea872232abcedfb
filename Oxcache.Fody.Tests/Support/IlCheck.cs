using System.Reflection;
using System.Runtime.CompilerServices;
using ICSharpCode.Decompiler.IL;
using ICSharpCode.Decompiler.Metadata;
using ICSharpCode.Decompiler.TypeSystem;

namespace Oxcaching.Fody.Tests.Support;

/// <summary>Checks woven IL as far as that can be done without a verifier: the decompiler's stack analysis, and the JIT.</summary>
internal static class IlCheck
{
    /// <summary>Reads every body with the decompiler's IL reader, which warns of a stack that does not fit.</summary>
    public static void Verify(byte[] assembly)
    {
        var file = new PEFile("woven.dll", new MemoryStream(assembly));
        var typeSystem = new DecompilerTypeSystem(file, Resolver());
        foreach (var handle in file.Metadata.MethodDefinitions)
        {
            var definition = file.Metadata.GetMethodDefinition(handle);
            if (definition.RelativeVirtualAddress == 0)
            {
                continue;
            }

            var reader = new ILReader(typeSystem.MainModule);
            var function = reader.ReadIL(handle, file.GetMethodBody(definition.RelativeVirtualAddress), kind: ILFunctionKind.TopLevelFunction);
            Assert.True(
                function.Warnings.Count == 0, $"{file.Metadata.GetString(definition.Name)}: {string.Join("; ", function.Warnings)}");
        }
    }

    /// <summary>Makes the JIT compile every method that can be compiled on its own or over object and int.</summary>
    public static void Prepare(Assembly assembly)
    {
        const BindingFlags all = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        foreach (var method in assembly.GetTypes().SelectMany(type => type.GetMethods(all)))
        {
            if (!method.IsAbstract && !method.ContainsGenericParameters)
            {
                var error = Record.Exception(() => RuntimeHelpers.PrepareMethod(method.MethodHandle));
                Assert.True(error is null, $"{method.DeclaringType}.{method.Name}: {error}");
            }
        }
    }

    private static UniversalAssemblyResolver Resolver()
    {
        var resolver = new UniversalAssemblyResolver(null, false, ".NETCoreApp,Version=v10.0");
        foreach (var directory in References.Paths.Select(path => Path.GetDirectoryName(path)!).Distinct())
        {
            resolver.AddSearchDirectory(directory);
        }

        return resolver;
    }
}
