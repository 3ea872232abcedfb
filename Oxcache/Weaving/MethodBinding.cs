using Oxcaching.Clients;
using Oxcaching.Flights;
using Oxcaching.Local;

namespace Oxcaching.Weaving;

/// <summary>Where a woven method's calls go, as long as one manager is the current one. Immutable.</summary>
/// <param name="Manager">The manager this holds for; null before any Init.</param>
/// <param name="Client">The service's client with the levels the method uses; null when it has none.</param>
/// <param name="Terms">On what terms the method's results are stored.</param>
/// <param name="Front">The L1 that answers hits; null when the method uses none.</param>
internal sealed record MethodBinding(CacheManager? Manager, CacheClient? Client, LoadTerms Terms, ILocalCache? Front)
{
    public static readonly MethodBinding None = new(null, null, default, null);
}
