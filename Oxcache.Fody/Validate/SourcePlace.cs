using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Oxcaching.Fody.Validate;

/// <summary>Where a method is in the sources.</summary>
internal static class SourcePlace
{
    /// <summary>The first visible line of the method; for one without a body, of its nearest neighbour in the type.</summary>
    public static SequencePoint? Of(MethodDefinition method) => OfBody(method) ?? OfNeighbour(method);

    /// <summary>The method that holds the code of an async or iterator method; null if that is the method itself.</summary>
    public static MethodDefinition? StateMachineMethod(MethodDefinition method)
    {
        var attribute = method.CustomAttributes.FirstOrDefault(
            candidate => candidate.AttributeType.FullName is KnownNames.AsyncStateMachineAttribute
                or KnownNames.IteratorStateMachineAttribute or KnownNames.AsyncIteratorStateMachineAttribute);
        var machine = attribute?.ConstructorArguments[0].Value as TypeReference;
        return machine?.Resolve()?.Methods.FirstOrDefault(candidate => candidate.Name == KnownNames.MoveNext);
    }

    private static SequencePoint? OfBody(MethodDefinition method) =>
        FirstVisible(method) ?? (StateMachineMethod(method) is { } machine ? FirstVisible(machine) : null);

    private static SequencePoint? OfNeighbour(MethodDefinition method)
    {
        for (TypeDefinition? type = method.DeclaringType; type is not null; type = type.DeclaringType)
        {
            var methods = type.Methods;
            var index = methods.IndexOf(method);
            var neighbours = methods.OrderBy(neighbour => Math.Abs(methods.IndexOf(neighbour) - index));
            var place = neighbours.Select(OfBody).FirstOrDefault(point => point is not null);
            if (place is not null)
            {
                return place;
            }
        }

        return null;
    }

    private static SequencePoint? FirstVisible(MethodDefinition method) => method.HasBody
        ? method.DebugInformation.SequencePoints.FirstOrDefault(point => !point.IsHidden)
        : null;
}
