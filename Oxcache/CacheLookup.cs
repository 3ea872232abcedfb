using System.Diagnostics.CodeAnalysis;

namespace Oxcaching;

/// <summary>The outcome of a lookup that tells a cached null from a miss.</summary>
/// <typeparam name="T">The type of the cached value.</typeparam>
public readonly struct CacheLookup<T> : IEquatable<CacheLookup<T>>
{
    /// <summary>A hit.</summary>
    /// <param name="value">The cached value; null is a value.</param>
    public CacheLookup(T? value)
    {
        Found = true;
        Value = value;
    }

    /// <summary>A miss; the same as <c>default</c>.</summary>
    public static CacheLookup<T> Miss => default;

    /// <summary>Whether the key was there.</summary>
    public bool Found { get; }

    /// <summary>The cached value; <c>default</c> on a miss.</summary>
    public T? Value { get; }

    /// <summary>The value, if there was one.</summary>
    /// <param name="value">The cached value; null is a value.</param>
    /// <returns>Whether the key was there.</returns>
    public bool TryGetValue([MaybeNullWhen(false)] out T value)
    {
        value = Value;
        return Found;
    }

    /// <inheritdoc/>
    public bool Equals(CacheLookup<T> other) => Found == other.Found && EqualityComparer<T?>.Default.Equals(Value, other.Value);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is CacheLookup<T> other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Found, Value);

    /// <inheritdoc/>
    public override string ToString() => Found ? $"hit: {Value?.ToString() ?? "null"}" : "miss";

    /// <summary>Whether both are misses, or hits of equal values.</summary>
    public static bool operator ==(CacheLookup<T> left, CacheLookup<T> right) => left.Equals(right);

    /// <summary>Whether one is a miss and the other is not, or the values differ.</summary>
    public static bool operator !=(CacheLookup<T> left, CacheLookup<T> right) => !left.Equals(right);
}
