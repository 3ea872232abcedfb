using System.Linq.Expressions;

namespace Oxcaching.Weaving;

/// <summary>Makes the key of a call that is given as an expression, by the code that the weaver wrote for the method.</summary>
internal static class CallExpression
{
    public static string KeyOf(Expression expression, string parameter)
    {
        if (expression is not MethodCallExpression call)
        {
            throw new ArgumentException($"{expression} is not a call. Write CacheKey.For(() => users.GetUserAsync(42)).", parameter);
        }

        var receiver = call.Object is null ? null : Evaluate(call.Object);
        if (receiver is null && !call.Method.IsStatic)
        {
            throw new ArgumentException($"The object that {call.Method.Name} is called on is null.", parameter);
        }

        var method = Dispatch.Resolve(call.Method, receiver);
        var made = WovenCall.Make(method, [.. call.Arguments.Select(Evaluate)]) ?? throw new ArgumentException(
            $"{method.DeclaringType}.{method.Name} is not a woven method: it needs [Cached], and its project the package Oxcache.Fody.", parameter);
        var key = made.BuildKey();
        return key.Failed
            ? throw new InvalidOperationException($"This call of {method.DeclaringType}.{method.Name} has no key and runs uncached.", key.Error)
            : key.ToStringAndRelease();
    }

    private static object? Evaluate(Expression expression) =>
        Expression.Lambda<Func<object?>>(Expression.Convert(expression, typeof(object))).Compile(preferInterpretation: true)();
}
