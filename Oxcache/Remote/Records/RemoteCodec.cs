using Oxcaching.Configuration;
using Oxcaching.Diagnostics;
using Oxcaching.Serialization;

namespace Oxcaching.Remote;

/// <summary>From values to what stands in Redis and back. Whatever goes wrong is counted and logged, and thrown by nothing. Thread-safe.</summary>
internal sealed class RemoteCodec(RemoteSettings settings, RedisConnection connection, ICacheSerializer serializer, ServiceEvents events)
{
    /// <summary>The envelope to send; null when the value cannot be sent.</summary>
    public byte[]? Encode<T>(RemoteKey key, T value)
    {
        byte[] envelope;
        try
        {
            envelope = Envelope.Write(key, value, serializer);
        }
        catch (Exception e)
        {
            // A serializer, or a getter or converter of the application, may throw anything.
            events.NotSerialized(typeof(T), e);
            return null;
        }

        var size = Envelope.PayloadLength(key, envelope);
        if (size > settings.MaxValueSize)
        {
            events.Oversized(key.Text, size, settings.MaxValueSize);
            return null;
        }

        return envelope;
    }

    /// <summary>Reads what a GET found, and counts it.</summary>
    public RemoteRead<T> Read<T>(RemoteKey key, byte[]? record)
    {
        var read = Decode<T>(key, record);
        if (read.Hit)
        {
            events.RemoteHit();
        }
        else
        {
            events.RemoteMiss();
        }

        return read;
    }

    private RemoteRead<T> Decode<T>(RemoteKey key, byte[]? record)
    {
        if (!Head.TryParse(record, out var head))
        {
            if (record is not null)
            {
                events.Unreadable(key.Text, "Not a record of Oxcache.");
            }

            return default;
        }

        var missed = new RemoteRead<T>(false, default, TimeSpan.Zero, head);
        var remaining = Remaining(key, head, record);
        if (remaining <= TimeSpan.Zero)
        {
            return missed;
        }

        return TryDecode<T>(key, record.AsSpan(Head.Length + Head.TimeLength), out var value) ? new RemoteRead<T>(true, value, remaining, head) : missed;
    }

    /// <summary>Reads an envelope; false when it cannot be read, or is another key's.</summary>
    public bool TryDecode<T>(RemoteKey key, ReadOnlySpan<byte> envelope, out T? value)
    {
        string? problem;
        value = default;
        try
        {
            if (Envelope.TryRead(key, envelope, serializer, out value, out problem))
            {
                return true;
            }
        }
        catch (Exception e)
        {
            // A serializer, or a converter of the application, may throw anything.
            problem = e.Message;
        }

        if (problem is not null)
        {
            events.Unreadable(key.Text, problem);
        }

        return false;
    }

    /// <summary>How long a record's value still lives; zero or less where there is none.</summary>
    public TimeSpan Remaining(RemoteKey key, Head head, ReadOnlySpan<byte> record) =>
        head.Kind == RecordKind.Value && Head.TryParseTime(record[Head.Length..], out var expiry)
            ? TimeSpan.FromMicroseconds(expiry - connection.ClockOf(key.Redis).Now)
            : TimeSpan.Zero;

    /// <summary>Whether an error of Redis says that what stands at a key is nothing of ours.</summary>
    public bool IsForeign(RemoteKey key, RemoteException error)
    {
        var isForeign = error.Message.StartsWith("WRONGTYPE", StringComparison.Ordinal);
        if (isForeign)
        {
            events.Unreadable(key.Text, "Not a string of Redis.");
        }

        return isForeign;
    }
}
