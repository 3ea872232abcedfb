namespace Oxcaching.Benchmarks.Recovery;

/// <summary>The same method twice: on a Redis that answers, and on one that is killed.</summary>
public static class Customers
{
    public const string Up = "up";
    public const string Down = "down";

    public static Task<Customer> GetUncachedAsync(long id) => Task.FromResult(new Customer(id));

    [Cached(Up, Key = "customer_{id}")]
    public static Task<Customer> GetAsync(long id) => GetUncachedAsync(id);

    [Cached(Down, Key = "customer_{id}")]
    public static Task<Customer> GetWithoutRedisAsync(long id) => GetUncachedAsync(id);
}
