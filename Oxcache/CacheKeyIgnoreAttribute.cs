namespace Oxcaching;

/// <summary>Leaves a parameter of a <see cref="CachedAttribute">cached</see> method out of its default key.</summary>
/// <remarks>For what does not change the result: a logger, a connection, a correlation id.</remarks>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class CacheKeyIgnoreAttribute : Attribute;
