using System.Reflection;
using Xunit.Sdk;

namespace Oxcaching.Fody.Tests.Support;

/// <summary>Runs a theory for sources compiled in Debug and in Release.</summary>
public sealed class BothBuildsAttribute : DataAttribute
{
    public override IEnumerable<object[]> GetData(MethodInfo testMethod) => Enum.GetValues<Build>().Select(build => new object[] { build });
}
