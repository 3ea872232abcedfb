using Oxcaching.Fody.Tests.Support;

namespace Oxcaching.Fody.Tests.Weaving;

/// <summary>What the weaver writes for five shapes. OXCACHE_WRITE_SNAPSHOTS=1 writes the files anew.</summary>
public class Snapshots
{
    private const string Source = """
        public sealed class Request
        {
            public string? TenantId { get; init; }
        }

        public class Users
        {
            [Cached(Service = "users", Ttl = 60, Key = "user_{id}")]
            public async Task<string> TaskAsync(long id, CancellationToken ct = default)
            {
                await Task.Yield();
                return "";
            }

            [Cached(Key = "{request.TenantId}_{day:yyyy-MM-dd}")]
            public Task<int> MembersAsync(Request request, DateOnly day) => Task.FromResult(1);
        }

        public class Repository<TEntity>
        {
            [Cached]
            public static async ValueTask<TEntity?> GenericAsync<T>(T id)
            {
                await Task.Yield();
                return default;
            }
        }

        public struct Counter
        {
            [Cached(CacheType = CacheType.L1)]
            public Task<int> StructAsync(DayOfWeek day, int? page) => Task.FromResult(1);
        }

        public interface IRead
        {
            [Cached(CacheNull = false)]
            ValueTask<string?> DefaultMethodAsync(string name, IReadOnlyList<int> ids) => default;
        }
        """;

    [Theory]
    [InlineData("TaskAsync")]
    [InlineData("GenericAsync")]
    [InlineData("MembersAsync")]
    [InlineData("StructAsync")]
    [InlineData("DefaultMethodAsync")]
    public void The_il_of(string method)
    {
        var woven = WeaverRunner.Weave(Source, Build.Release);
        Assert.Empty(woven.Errors);
        var il = ReadableIl.Of(woven.Assembly, method);
        var file = Repository.PathOf("Oxcache.Fody.Tests", "Weaving", "Snapshots", $"{method}.il");
        if (Environment.GetEnvironmentVariable("OXCACHE_WRITE_SNAPSHOTS") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, il);
        }

        Assert.Equal(File.ReadAllText(file), il);
    }
}
