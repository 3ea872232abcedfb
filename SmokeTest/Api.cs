namespace Oxcaching.SmokeTest;

internal static class Api
{
    public static Database Database { get; } = new();

    [Cached(Service = "api_cache", Ttl = 300, Key = "api_{endpoint}_{version}")]
    public static async Task<ApiResponse> FetchAsync(string endpoint, int version) => await Database.FetchAsync(endpoint, version);
}
