using System.Diagnostics;
using Fody;
using Oxcaching.Fody.Find;
using Oxcaching.Fody.Project;
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
        var project = ProjectSettings.Of(this);
        var found = CachedMethodFinder.Find(ModuleDefinition);
        if (found.Count == 0)
        {
            WriteMessage("Oxcache: no method is marked [Cached], nothing to weave.", MessageImportance.Low);
        }
        else if (Weave(found, project) is { } plans)
        {
            WriteMessage($"Oxcache: wove {Summary(plans)}, {watch.ElapsedMilliseconds} ms", MessageImportance.Normal);
        }

        if (project.RemoveSuppressions)
        {
            SuppressionRemover.Remove(ModuleDefinition);
        }
    }

    /// <inheritdoc/>
    public override IEnumerable<string> GetAssembliesForScanning()
    {
        yield return "System.Runtime";
        yield return "mscorlib";
        yield return "netstandard";
    }

    /// <summary>Null, and nothing woven, if there is an error. Everything that is wrong is told in one build.</summary>
    private List<MethodPlan>? Weave(List<CachedMethod> found, ProjectSettings project)
    {
        var diagnostics = new DiagnosticBag(new Silence(Config));
        var runtime = RuntimeAssembly.Find(ModuleDefinition, found[0], diagnostics);
        var plans = MethodValidator.Validate(found, diagnostics);
        if (project.Config is { } config)
        {
            ConfigRules.Check(config, found, diagnostics);
        }

        diagnostics.WriteTo(this);
        if (runtime is null || diagnostics.ErrorCount > 0)
        {
            return null;
        }

        var references = new RuntimeReferences(ModuleDefinition, runtime);
        foreach (var plan in plans)
        {
            new MethodWrapper(plan, references).Wrap();
        }

        return plans;
    }

    private static string Summary(List<MethodPlan> plans)
    {
        var services = plans.Select(plan => plan.Settings.Service).Distinct(StringComparer.Ordinal).Count();
        return $"{Count(plans.Count, "method")} in {Count(services, "service")}";
    }

    private static string Count(int count, string thing) => count == 1 ? $"1 {thing}" : $"{count} {thing}s";
}
