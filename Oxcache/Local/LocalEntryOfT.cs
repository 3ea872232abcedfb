namespace Oxcaching.Local;

/// <summary>A value of one type, with the completed task that a woven hit returns.</summary>
internal sealed class LocalEntry<T>(T value, Task<T>? task = null) : LocalEntry
{
    private Task<T>? _task = task;

    public T Value { get; } = value;

    /// <summary>Unless there was one, made by the first hit that needs it. A race makes two; both hold the value.</summary>
    public Task<T> Task => _task ??= System.Threading.Tasks.Task.FromResult(Value);
}
