namespace Oxcaching.Benchmarks.Woven;

/// <summary>The methods to time, as an application has them. The bodies complete at once, so that a miss costs nothing but the cache's share.</summary>
public static class Users
{
    public static Task<User> GetUncachedAsync(long id) => Task.FromResult(new User(id));

    [Cached("users", Key = "user_{id}")]
    public static Task<User> GetUserAsync(long id) => Task.FromResult(new User(id));

    [Cached("users", Key = "value_{id}")]
    public static ValueTask<User> GetUserValueAsync(long id) => new(new User(id));

    [Cached("users")]
    public static Task<User> GetUserByDefaultKeyAsync(long id) => Task.FromResult(new User(id));

    [Cached("users", Key = "name_{name}")]
    public static Task<User> GetUserByNameAsync(string name) => Task.FromResult(new User(name.Length));

    [Cached("small", Key = "user_{id}")]
    public static Task<User> GetUserFromSmallCacheAsync(long id) => Task.FromResult(new User(id));
}
