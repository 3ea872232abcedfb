using System.Diagnostics;
using Fody;
using Oxcaching.Fody.Find;
using Oxcaching.Fody.Validate;
using Oxcaching.Fody.Wrap;

namespace Oxcaching.Fody;

/// <summary>Weaves a cache into the methods marked [Cached]. Fody makes one for each module and calls <see cref="Execute"/>.</summary>
public sealed class ModuleWeaver : BaseModuleWeaver
{
    /// <summary>False: Fody would take the runtime Oxcache.dll for a part of the weaver and remove the reference to it.</summary>
    public override bool ShouldCleanReference => false;

    /// <inheritdoc/>
    public override void Execute()
    {
        var watch = Stopwatch.StartNew();
        var found = CachedMethodFinder.Find(ModuleDefinition);
        if (found.Count == 0)
        {
            WriteMessage("Oxcache: no method is marked [Cached], nothing to weave.", MessageImportance.Low);
            return;
        }

        var diagnostics = new DiagnosticBag();
        var runtime = RuntimeAssembly.Find(ModuleDefinition, found[0], diagnostics);
        var plans = MethodValidator.Validate(found, diagnostics);
        if (runtime is null || diagnostics.Any)
        {
            // Every error is told in one build, and nothing is woven if there was any.
            diagnostics.WriteTo(this);
            return;
        }

        var references = new RuntimeReferences(ModuleDefinition, runtime);
        foreach (var plan in plans)
        {
            new MethodWrapper(plan, references).Wrap();
        }

        var services = plans.Select(plan => plan.Settings.Service).Distinct(StringComparer.Ordinal).Count();
        WriteMessage(
            $"Oxcache: wove {Count(plans.Count, "method")} in {Count(services, "service")}, {watch.ElapsedMilliseconds} ms",
            MessageImportance.Normal);
    }

    /// <inheritdoc/>
    public override IEnumerable<string> GetAssembliesForScanning()
    {
        yield return "System.Runtime";
        yield return "mscorlib";
        yield return "netstandard";
    }

    private static string Count(int count, string thing) => count == 1 ? $"1 {thing}" : $"{count} {thing}s";
}
