namespace Oxcaching.SmokeTest;

/// <summary>An ordinary class with ordinary async methods. The build puts the cache in.</summary>
internal sealed class Users(Database db)
{
    [Cached(Service = "user_cache", Ttl = 600)]
    public async Task<User> GetUserAsync(long id, CancellationToken ct = default) => await db.QueryUserAsync(id, ct);

    [Cached(Service = "session_cache", CacheType = CacheType.L1, Ttl = 60)]
    public async ValueTask<Session?> GetSessionAsync(string sessionId) => await db.QuerySessionAsync(sessionId);
}
