using Mono.Cecil;
using Oxcaching.Fody.Validate;

namespace Oxcaching.Fody.Find;

/// <summary>The runtime library that woven code calls, as the project references it.</summary>
internal sealed class RuntimeAssembly
{
    private readonly ModuleDefinition _module;

    private RuntimeAssembly(
        ModuleDefinition module, TypeDefinition keyBuilder, TypeDefinition cachedMethod, TypeDefinition cachedCall, TypeDefinition cachedKey)
    {
        _module = module;
        CachedKey = cachedKey;
        KeyBuilder = keyBuilder;
        CachedMethod = cachedMethod;
        CachedCall = cachedCall;
    }

    public TypeDefinition KeyBuilder { get; }

    public TypeDefinition CachedMethod { get; }

    public TypeDefinition CachedCall { get; }

    public TypeDefinition CachedKey { get; }

    public TypeDefinition FrontedMethod => Weaving(_module, KnownNames.FrontedMethod)!;

    /// <summary>The struct for so many arguments.</summary>
    public TypeDefinition FrontArguments(int count) => Weaving(_module, FrontArgumentsName(count))!;

    public static RuntimeAssembly? Find(ModuleDefinition module, CachedMethod user, DiagnosticBag diagnostics)
    {
        var reference = module.AssemblyReferences.FirstOrDefault(assembly => assembly.Name == KnownNames.RuntimeAssembly);
        var runtime = reference is null ? null : module.AssemblyResolver.Resolve(reference)?.MainModule;
        if (runtime is null)
        {
            diagnostics.Add(
                "OXC009", $"{module.Assembly.Name.Name} uses [Cached], but does not reference the runtime library Oxcache. "
                + "Add a reference to the package Oxcache.", user.Method);
            return null;
        }

        var keyBuilder = Weaving(runtime, KnownNames.CacheKeyBuilder);
        var cachedMethod = Weaving(runtime, KnownNames.CachedMethod);
        var cachedCall = Weaving(runtime, KnownNames.CachedCall);
        var cachedKey = Weaving(runtime, KnownNames.CachedKey);
        if (keyBuilder is null || cachedMethod is null || cachedCall is null || cachedKey is null
            || !HasWhatIsCalled(keyBuilder, cachedMethod, cachedCall) || !HasFront(runtime))
        {
            diagnostics.Add(
                "OXC009", $"The runtime library Oxcache {runtime.Assembly.Name.Version} is older than the weaver Oxcache.Fody "
                + $"{typeof(RuntimeAssembly).Assembly.GetName().Version}. Use the same version of both packages.", user.Method);
            return null;
        }

        return new RuntimeAssembly(runtime, keyBuilder, cachedMethod, cachedCall, cachedKey);
    }

    private static TypeDefinition? Weaving(ModuleDefinition runtime, string name) => runtime.GetType(KnownNames.WeavingNamespace, name);

    private static string FrontArgumentsName(int count) => count == 0 ? KnownNames.FrontArguments : $"{KnownNames.FrontArguments}`{count}";

    private static bool HasFront(ModuleDefinition runtime) =>
        Weaving(runtime, KnownNames.FrontedMethod) is { } fronted
        && new[] { KnownNames.TryGetTask, KnownNames.TryGetValueTask }.All(name => Has(fronted, name, 2) && Has(fronted, name, 3))
        && Enumerable.Range(0, 5).All(count => Weaving(runtime, FrontArgumentsName(count)) is not null);

    private static bool HasWhatIsCalled(TypeDefinition keyBuilder, TypeDefinition cachedMethod, TypeDefinition cachedCall) =>
        Has(keyBuilder, KnownNames.AppendLiteral, 1)
        && Has(keyBuilder, KnownNames.AppendTypeName, 0)
        && new[] { "Append", "AppendNullable", "AppendEnum", "AppendNullableEnum" }.All(
            append => Has(keyBuilder, append + KnownNames.Argument, 1) && Has(keyBuilder, append + KnownNames.Text, 1))
        && Has(keyBuilder, KnownNames.AppendFormattedText, 2)
        && Has(keyBuilder, KnownNames.Fail, 1)
        && Has(cachedMethod, KnownNames.Constructor, 5)
        && Has(cachedMethod, KnownNames.TryGetTask, 2)
        && Has(cachedMethod, KnownNames.TryGetValueTask, 2)
        && Has(cachedMethod, KnownNames.InvokeAsTask, 3)
        && Has(cachedMethod, KnownNames.InvokeAsValueTask, 3)
        && Has(cachedCall, KnownNames.InvokeAsync, 1);

    private static bool Has(TypeDefinition type, string method, int parameters) =>
        type.Methods.Any(candidate => candidate.Name == method && candidate.Parameters.Count == parameters);
}
