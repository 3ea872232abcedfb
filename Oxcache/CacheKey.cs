using System.Linq.Expressions;
using Oxcaching.Weaving;

namespace Oxcaching;

/// <summary>Tells the key of a call of a <see cref="CachedAttribute">cached</see> method, so that its result can be read or deleted by hand.</summary>
public static class CacheKey
{
    /// <summary>The key of one call: <c>CacheKey.For(() => users.GetUserAsync(42))</c>.</summary>
    /// <param name="call">The call alone. Its receiver and arguments are evaluated; the method does not run.</param>
    /// <exception cref="ArgumentException">It is not a call of a cached method.</exception>
    /// <exception cref="InvalidOperationException">These arguments have no key, so that the call runs uncached; the inner exception says why.</exception>
    public static string For<T>(Expression<Func<Task<T>>> call)
    {
        ArgumentNullException.ThrowIfNull(call);
        return CallExpression.KeyOf(call.Body, nameof(call));
    }

    /// <inheritdoc cref="For{T}(Expression{Func{Task{T}}})"/>
    public static string For<T>(Expression<Func<ValueTask<T>>> call)
    {
        ArgumentNullException.ThrowIfNull(call);
        return CallExpression.KeyOf(call.Body, nameof(call));
    }
}
