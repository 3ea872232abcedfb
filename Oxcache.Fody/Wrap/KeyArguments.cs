using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Oxcaching.Fody.Wrap;

/// <summary>Where the code that builds a key finds the arguments of the call.</summary>
internal abstract class KeyArguments
{
    /// <summary>Writes the instructions that put an argument on the stack, and returns its type there.</summary>
    public abstract TypeReference Load(ILProcessor il, ParameterDefinition parameter);

    /// <summary>What stands for a type parameter of the method or its type.</summary>
    public abstract GenericParameter Own(GenericParameter planned);
}
