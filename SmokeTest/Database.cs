namespace Oxcaching.SmokeTest;

/// <summary>Something slow that counts how often it is asked.</summary>
internal sealed class Database
{
    private static readonly TimeSpan Slowness = TimeSpan.FromMilliseconds(25);

    private int _queries;

    public int Queries => Volatile.Read(ref _queries);

    public Task<User> QueryUserAsync(long id, CancellationToken ct) => QueryAsync(() => new User(id, $"User no. {id}"), ct);

    public Task<Session?> QuerySessionAsync(string id) => QueryAsync(() => (Session?)new Session(id, 42), CancellationToken.None);

    public Task<ApiResponse> FetchAsync(string endpoint, int version) =>
        QueryAsync(() => new ApiResponse(endpoint, version, "{ \"ok\": true }"), CancellationToken.None);

    private async Task<T> QueryAsync<T>(Func<T> row, CancellationToken ct)
    {
        Interlocked.Increment(ref _queries);
        await Task.Delay(Slowness, ct);
        return row();
    }
}
