using System.Text.Json;
using System.Text.Json.Serialization;

namespace Oxcaching.Tests.History.Running;

/// <summary>Now and then takes its time to read a value, as a large one would: what was read must still be right when it is stored.</summary>
internal sealed class SlowStringConverter : JsonConverter<string>
{
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (Random.Shared.Next(8) == 0)
        {
            Thread.Sleep(Random.Shared.Next(1, 4));
        }

        return reader.GetString();
    }

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);
}
