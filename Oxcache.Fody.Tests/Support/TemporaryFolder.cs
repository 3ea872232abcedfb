namespace Oxcaching.Fody.Tests.Support;

/// <summary>A folder that is gone after the test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string FullName { get; } = Directory.CreateTempSubdirectory("oxcache-").FullName;

    public string Write(string file, byte[] content)
    {
        var path = Path.Combine(FullName, file);
        File.WriteAllBytes(path, content);
        return path;
    }

    public void Dispose() => Directory.Delete(FullName, recursive: true);
}
