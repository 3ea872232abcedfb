using System.Reflection;
using Xunit.Sdk;

namespace Oxcaching.Tests.Servers;

/// <summary>Runs a theory once on each kind of server. On a skippable theory, a kind that is not there is skipped with the reason.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class EachServerAttribute : DataAttribute
{
    public override IEnumerable<object[]> GetData(MethodInfo testMethod) => Enum.GetValues<ServerKind>().Select(kind => new object[] { kind });
}
