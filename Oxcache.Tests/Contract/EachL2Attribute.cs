using System.Reflection;
using Oxcaching.Tests.Servers;
using Xunit.Sdk;

namespace Oxcaching.Tests.Contract;

/// <summary>Runs a theory once on each kind of server there is, which it names. On a skippable theory, one that is not there is skipped with the reason.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class EachL2Attribute : DataAttribute
{
    public override IEnumerable<object[]> GetData(MethodInfo testMethod) => ServerSource.All.Select(source => new object[] { source.Name });
}
