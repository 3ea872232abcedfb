namespace Oxcaching.Benchmarks.Remote;

/// <summary>Calls of one service.</summary>
internal sealed class Ours(ICacheClient client, Profile[] values)
{
    private readonly string[] _keys = [.. Enumerable.Range(0, values.Length).Select(Key)];

    public static string Key(int i) => $"user_{i}";

    public ValueTask<Profile?> GetAsync(int i) => client.GetAsync<Profile>(_keys[i]);

    public Task SetAsync(int i) => client.SetAsync(_keys[i], values[i]).AsTask();
}
