using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Oxcaching.Serialization;

/// <summary>JSON by System.Text.Json, with the options of the application where it gives some.</summary>
internal sealed class JsonCacheSerializer(JsonSerializerOptions? options) : ICacheSerializer
{
    private readonly JsonSerializerOptions _options = options ?? Defaults;

    /// <summary>
    /// A cached value has to come back as it was: fields included, without which a tuple loses all its items, and the
    /// floating-point values that JSON has no literal for.
    /// </summary>
    private static JsonSerializerOptions Defaults { get; } = new()
    {
        IncludeFields = true,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    public byte Id => 1;

    /// <summary>False in an application without reflection, usually a trimmed one, that gave no resolver: then no type can be written.</summary>
    public bool KnowsTypes => JsonSerializer.IsReflectionEnabledByDefault || _options.TypeInfoResolver is not null;

    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "A trimmed application passes options with a JsonSerializerContext.")]
    [UnconditionalSuppressMessage("AOT", "IL3050", Justification = "A trimmed application passes options with a JsonSerializerContext.")]
    public void Serialize<T>(IBufferWriter<byte> target, T value)
    {
        using var writer = new Utf8JsonWriter(target);
        JsonSerializer.Serialize(writer, value, _options);
    }

    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "A trimmed application passes options with a JsonSerializerContext.")]
    [UnconditionalSuppressMessage("AOT", "IL3050", Justification = "A trimmed application passes options with a JsonSerializerContext.")]
    public T? Deserialize<T>(ReadOnlySpan<byte> payload) => JsonSerializer.Deserialize<T>(payload, _options);
}
