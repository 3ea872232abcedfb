namespace Oxcaching;

/// <summary>How values are written into L2.</summary>
public enum SerializationFormat
{
    /// <summary>JSON, by System.Text.Json.</summary>
    Json = 0,

    /// <summary>MessagePack. Not built yet: an error at Init.</summary>
    MessagePack = 1,
}
