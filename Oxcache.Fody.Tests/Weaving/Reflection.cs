using System.Diagnostics;
using System.Reflection;
using System.Runtime.CompilerServices;
using Oxcaching.Fody.Tests.Support;

namespace Oxcaching.Fody.Tests.Weaving;

public class Reflection
{
    private const string Source = """
        public sealed class NoteAttribute(string text) : Attribute
        {
            public string Text { get; } = text;
        }

        public class Scenario
        {
            [Cached("users", Ttl = 5), Note("on the method"), Obsolete]
            [return: Note("on the result")]
            public virtual async Task<string?> GetAsync<[Note("on T")] T>([Note("on id")] int? id, string? text = "none", T? rest = null)
                where T : class, IComparable<T>?, new()
            {
                await Task.Yield();
                return text;
            }
        }
        """;

    private static readonly string[] Added = [nameof(StackTraceHiddenAttribute)];
    private static readonly string[] Moved = [nameof(AsyncStateMachineAttribute), nameof(DebuggerStepThroughAttribute)];

    [Theory, BothBuilds]
    public void A_woven_method_looks_as_it_did(Build build)
    {
        var before = Get(Assembly.Load(SourceCompiler.Compile(Source, build, References.Paths)));
        var after = Get(Woven.Load(Source, build));

        Assert.Equal(before.Attributes, after.Attributes);
        Assert.Equal(Describe(before.ReturnParameter), Describe(after.ReturnParameter));
        Assert.Equal(before.GetParameters().Select(Describe), after.GetParameters().Select(Describe));
        Assert.Equal(before.GetGenericArguments().Select(Describe), after.GetGenericArguments().Select(Describe));
        Assert.Equal(Names(before).Except(Moved).Concat(Added).Order(), Names(after).Order());
        Assert.Equal(("users", 5), (after.GetCustomAttribute<CachedAttribute>()!.Service, after.GetCustomAttribute<CachedAttribute>()!.Ttl));
    }

    [Theory, BothBuilds]
    public void Its_nullability_is_kept(Build build)
    {
        var get = Get(Woven.Load(Source, build));
        var context = new NullabilityInfoContext();

        Assert.Equal(NullabilityState.Nullable, context.Create(get.ReturnParameter).GenericTypeArguments[0].ReadState);
        Assert.Equal(NullabilityState.Nullable, context.Create(get.GetParameters()[1]).ReadState);
    }

    [Theory, BothBuilds]
    public void What_is_added_is_private_and_marked_as_generated(Build build)
    {
        const BindingFlags all = BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.DeclaredOnly;
        var scenario = Get(Woven.Load(Source, build)).DeclaringType!;
        var moved = scenario.GetMethods(all).Single();
        var holder = scenario.GetNestedTypes(all).Single(type => type.Name.Contains("Call", StringComparison.Ordinal));

        Assert.True(moved.IsPrivate && holder.IsNestedPrivate);
        Assert.True(moved.IsDefined(typeof(CompilerGeneratedAttribute)) && holder.IsDefined(typeof(CompilerGeneratedAttribute)));
    }

    private static MethodInfo Get(Assembly assembly) => assembly.GetTypes().Single(type => type.Name == "Scenario").GetMethod("GetAsync")!;

    private static IEnumerable<string> Names(MemberInfo member) => member.GetCustomAttributesData().Select(attribute => attribute.AttributeType.Name);

    private static string Describe(ParameterInfo parameter) =>
        $"{parameter.ParameterType.Name} {parameter.Name} {parameter.Attributes} {(parameter.HasDefaultValue ? parameter.RawDefaultValue : "")} "
        + string.Join(' ', parameter.GetCustomAttributesData().Select(attribute => attribute.AttributeType.Name));

    private static string Describe(Type parameter) =>
        $"{parameter.Name} {parameter.GenericParameterAttributes} {string.Join(' ', parameter.GetGenericParameterConstraints().Select(type => type.Name))} "
        + string.Join(' ', parameter.GetCustomAttributesData().Select(attribute => attribute.AttributeType.Name));
}
