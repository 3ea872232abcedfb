using Mono.Cecil;
using Mono.Collections.Generic;
using Oxcaching.Fody.Validate;

namespace Oxcaching.Fody.Move;

/// <summary>Moves what the PDB knows of a body along with it, so that breakpoints and stack traces still find its lines.</summary>
internal static class DebugInfoMover
{
    public static void Move(MethodDefinition method, MethodDefinition moved)
    {
        var from = method.DebugInformation;
        var to = moved.DebugInformation;
        Move(from.SequencePoints, to.SequencePoints);
        Move(from.CustomDebugInformations, to.CustomDebugInformations);
        Move(method.CustomDebugInformations, moved.CustomDebugInformations);
        to.Scope = from.Scope;
        from.Scope = null;
        to.StateMachineKickOffMethod = from.StateMachineKickOffMethod;
        from.StateMachineKickOffMethod = null;
        if (SourcePlace.StateMachineMethod(method) is { HasBody: true } machine && machine.DebugInformation.StateMachineKickOffMethod == method)
        {
            machine.DebugInformation.StateMachineKickOffMethod = moved;
        }
    }

    private static void Move<T>(Collection<T> from, Collection<T> to)
    {
        foreach (var item in from)
        {
            to.Add(item);
        }

        from.Clear();
    }
}
