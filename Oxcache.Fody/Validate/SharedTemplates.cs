using Oxcaching.Fody.Keys;

namespace Oxcaching.Fody.Validate;

/// <summary>OXC013: methods of one service whose templates make the same keys.</summary>
internal static class SharedTemplates
{
    public static void Check(List<MethodPlan> plans, DiagnosticBag diagnostics)
    {
        var first = new Dictionary<string, MethodPlan>(StringComparer.Ordinal);
        foreach (var plan in plans.Where(plan => plan.Settings.Key is not null && plan.Key.Count > 0))
        {
            var shape = $"{plan.Settings.Service}:{string.Concat(plan.Key.Select(Shape))}";
            if (!first.TryGetValue(shape, out var other))
            {
                first.Add(shape, plan);
                continue;
            }

            diagnostics.Warn(
                "OXC013",
                $"[Cached] on {TypeNames.Of(plan.Method)}: the template \"{plan.Settings.Key}\" makes the same keys as that of {TypeNames.Of(other.Method)} "
                + $"in the service \"{plan.Settings.Service}\": each would answer for the other. Let the templates begin differently.",
                plan.Method);
        }
    }

    /// <summary>What a part is called does not matter, only that something is filled in there.</summary>
    private static string Shape(KeyPart part) => part.Kind switch
    {
        KeyPartKind.Literal => part.Literal!.Replace("{", "{{"),
        KeyPartKind.TypeName => "{type}",
        _ => "{}",
    };
}
