using Mono.Cecil;
using Oxcaching.Fody.Find;
using Oxcaching.Fody.Keys;

namespace Oxcaching.Fody.Validate;

/// <summary>Checks one method marked [Cached] against every rule, and plans its key.</summary>
internal sealed class MethodValidator
{
    private readonly CachedMethod _cached;
    private readonly MethodDefinition _method;
    private readonly DiagnosticBag _diagnostics;

    private MethodValidator(CachedMethod cached, DiagnosticBag diagnostics)
    {
        _cached = cached;
        _method = cached.Method;
        _diagnostics = diagnostics;
    }

    /// <summary>The plans of all methods; to be used only if no diagnostic was added.</summary>
    public static List<MethodPlan> Validate(List<CachedMethod> found, DiagnosticBag diagnostics)
    {
        var plans = found.Select(cached => new MethodPlan(cached, new MethodValidator(cached, diagnostics).Validate())).ToList();
        SharedTemplates.Check(plans, diagnostics);
        return plans;
    }

    private List<KeyPart> Validate()
    {
        Report("OXC008", ShapeRules.ProblemOfKind(_method));
        Report("OXC002", ShapeRules.ProblemOfBody(_method));
        Report("OXC001", ShapeRules.ProblemOfReturnType(_method));
        foreach (var parameter in _method.Parameters)
        {
            Report("OXC003", ShapeRules.ProblemOfPassing(parameter));
            Report("OXC004", ShapeRules.ProblemOfStorage(parameter));
        }

        Report("OXC004", ShapeRules.ProblemOfReceiver(_method));
        Report("OXC007", TtlRule.Problem(_cached.Settings.Ttl));
        Report("OXC016", ResultRule.Problem(_method));
        var errors = _diagnostics.ErrorCount;
        var key = new KeyPlanner(_cached, Report).Plan();
        if (_diagnostics.ErrorCount > errors)
        {
            return new List<KeyPart>();
        }

        CheckKey(key);
        return key;
    }

    /// <summary>What a key that can be built may still lack.</summary>
    private void CheckKey(List<KeyPart> key)
    {
        Report("OXC014", KeyRules.ProblemOfTypeArguments(_cached, key));
        Warn("OXC011", KeyRules.ProblemOfReceiver(_method, key));
        foreach (var problem in KeyRules.ProblemsOfUnused(_cached, key))
        {
            Warn("OXC012", problem);
        }
    }

    private void Warn(string id, string? problem)
    {
        if (problem is not null)
        {
            _diagnostics.Warn(id, $"[Cached] on {TypeNames.Of(_method)}: {problem}", _method);
        }
    }

    private void Report(string id, string? problem)
    {
        if (problem is not null)
        {
            _diagnostics.Add(id, $"[Cached] on {TypeNames.Of(_method)}: {problem}", _method);
        }
    }
}
