namespace Oxcaching.Flights;

/// <summary>On what terms a load's result is stored. Calls of one key share a flight only on the same terms.</summary>
/// <param name="Levels">The levels read and written.</param>
/// <param name="Ttl">The TTL asked for; null: the service's.</param>
/// <param name="CacheNull">Whether a null result is stored.</param>
internal readonly record struct LoadTerms(CacheType Levels, TimeSpan? Ttl, bool CacheNull);
