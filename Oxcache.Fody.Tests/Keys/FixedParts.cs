using Mono.Cecil;
using Mono.Cecil.Cil;
using Oxcaching.Fody.Tests.Support;

namespace Oxcaching.Fody.Tests.Keys;

/// <summary>What the weaver writes into a default key. Keys live on in Redis: these tests may be added to, not changed.</summary>
public class FixedParts
{
    private const string Source = """
        public struct Outer<TOuter>
        {
            public interface IGet<T>
            {
                Task<int> GetAsync(T id);
            }

            public class Inner<TInner> : IGet<TInner>
            {
                [Cached]
                public Task<int> Plain(long id, string? name, [CacheKeyIgnore] List<int> more, CancellationToken ct) => Task.FromResult(1);

                [Cached]
                public Task<int> Generic<T, TOther>(TOuter outer, TInner inner, T value, Guid? id) => Task.FromResult(1);

                [Cached]
                Task<int> IGet<TInner>.GetAsync(TInner id) => Task.FromResult(1);
            }
        }

        public static class Users
        {
            [Cached(Service = "users")]
            public static ValueTask<int> GetUserAsync(long id) => new(1);

            [Cached(Key = "user_{id}_{{x}}")]
            public static ValueTask<int> Template(long id) => new(1);
        }
        """;

    [Theory]
    [InlineData("GetUserAsync", ".Users.GetUserAsync(long)")]
    [InlineData("Plain", ".Outer<|!0|>+Inner<|!1|>.Plain(long,string,System.Collections.Generic.List<int>,CancellationToken)")]
    [InlineData("Generic", ".Outer<|!0|>+Inner<|!1|>.Generic<|!!0|,|!!1|>(!0,!1,!!0,System.Nullable<System.Guid>)")]
    [InlineData("IGet", ".Outer<|!0|>+Inner<|!1|>.[{0}.Outer<TOuter>.IGet<TInner>.GetAsync](!1)")]
    [InlineData("Template", "user_||_{{x}}")]
    public void The_fixed_part_of_a_key(string method, string expected)
    {
        using var module = ModuleDefinition.ReadModule(new MemoryStream(WeaverRunner.Weave(Source).Assembly));
        var wrapper = module.GetTypes().SelectMany(type => type.Methods)
            .Single(candidate => candidate.Name.Contains(method, StringComparison.Ordinal) && candidate.CustomAttributes.Any(attribute => attribute.AttributeType.Name == "CachedAttribute"));
        var space = module.Assembly.Name.Name;

        var full = string.Format(System.Globalization.CultureInfo.InvariantCulture, expected, space);
        Assert.Equal(method == "Template" ? full : space + full, string.Join('|', Parts(wrapper)));
    }

    private static IEnumerable<string> Parts(MethodDefinition wrapper)
    {
        foreach (var instruction in wrapper.Body.Instructions)
        {
            if (instruction.OpCode == OpCodes.Ldstr)
            {
                yield return (string)instruction.Operand;
            }
            else if (instruction.Operand is GenericInstanceMethod { Name: "AppendTypeName" } append)
            {
                var parameter = (GenericParameter)append.GenericArguments[0];
                yield return (parameter.Type == GenericParameterType.Method ? "!!" : "!") + parameter.Position;
            }
            else if (instruction.Operand is GenericInstanceMethod { Name: "AppendText" })
            {
                yield return "";
            }
        }
    }
}
