using System.Text;
using Oxcaching.Local;
using Oxcaching.Remote;

namespace Oxcaching.Tests.Remote;

/// <summary>What instances tell each other, as bytes.</summary>
public sealed class RemoteMessageTests
{
    private const ulong Node = 0x0123_4567_89ab_cdef;
    private const uint Interval = 0xfedc_ba98;
    private const long Time = 1_700_000_000_000_007;

    private static readonly Head Standing = new(1_700_000_000_000_001, RecordKind.Tombstone, 0x0123_4567_89ab_cdef, 1_700_000_000_000_000, 0);

    private static readonly Head Other = Standing with { Version = Standing.Version + 1 };

    public static TheoryData<string> Keys() =>
    [
        "k",
        "user_42",
        "with:colon and space\t\0\n",
        "żółw 🦉 Ελλάδα",
        "half a pair: \ud83e",
        "the other half: \udd89",
        "\udd89\ud83e the wrong way round",
        new string('x', 512),
        new string('x', 513),
        new string('ż', 300),
        new string('x', 100_000),
    ];

    [Theory]
    [MemberData(nameof(Keys))]
    public void A_message_about_a_key_arrives_as_it_was_sent(string key)
    {
        var message = Parse(OfThreeKeys(key));

        Assert.Equal((MessageKind.Changed, Node, Interval), Of(message));
        Assert.Equal(
            [new KeyChange(key, Standing.Id), new KeyChange("stored as it was sent", new RecordId(Time, 2)), new KeyChange("another", Other.Id)],
            message.Changes());
    }

    [Theory]
    [MemberData(nameof(Keys))]
    public void So_does_one_that_no_script_makes(string key)
    {
        var message = Parse(RemoteMessage.About(MessageKind.Loaded, Node, Interval, Standing.Id, RemoteKey.For("p:s:", key)));

        Assert.Equal(MessageKind.Loaded, message.Kind);
        Assert.Equal([new KeyChange(key, Standing.Id)], message.Changes());
    }

    [Fact]
    public void So_does_a_clear() => Assert.Equal((MessageKind.Cleared, Node, Interval), Of(Parse(RemoteMessage.Start(MessageKind.Cleared, Node, Interval))));

    [Fact]
    public void So_does_a_heartbeat_with_its_counts()
    {
        var counts = Enumerable.Range(1, MessageLedger.Window).Select(i => i * 100_000_000).ToArray();
        var message = Parse(RemoteMessage.Heartbeat(Node, Interval, counts));

        Assert.Equal((MessageKind.Heartbeat, Node, Interval), Of(message));
        Assert.Equal(counts, message.Counts());
    }

    [Fact]
    public void A_message_that_was_cut_short_is_none()
    {
        foreach (var whole in Samples())
        {
            for (var length = 0; length < whole.Length; length++)
            {
                Assert.False(RemoteMessage.TryParse(whole.AsMemory(0, length), out _), $"{length} of {whole.Length} bytes");
            }
        }
    }

    [Fact]
    public void A_message_with_more_at_its_end_is_none_unless_it_ends_with_a_key()
    {
        Assert.False(IsMessage([.. RemoteMessage.Start(MessageKind.Cleared, Node, Interval), 0]));
        Assert.False(IsMessage([.. RemoteMessage.Heartbeat(Node, Interval, new int[MessageLedger.Window]), 0]));
        Assert.False(RemoteMessage.TryParse(RemoteMessage.Heartbeat(Node, Interval, new int[MessageLedger.Window + 1]), out _));
    }

    [Fact]
    public void A_message_of_another_format_or_an_unknown_kind_is_none()
    {
        foreach (var whole in Samples())
        {
            for (var value = 0; value <= byte.MaxValue; value++)
            {
                var (format, kind) = (whole.ToArray(), whole.ToArray());
                format[0] = kind[1] = (byte)value;
                Assert.Equal(value == 4, RemoteMessage.TryParse(format, out _));
                Assert.False(value is 0 or > 4 && RemoteMessage.TryParse(kind, out _));
            }
        }
    }

    [Fact]
    public void A_message_whose_head_is_none_is_none()
    {
        var whole = OfThreeKeys("k");
        const int AnswerLength = 1 + Head.TimeLength + 1 + Head.Length + 1 + 1 + Head.Length;
        for (var i = whole.Length - AnswerLength; i < whole.Length; i++)
        {
            var broken = whole.ToArray();
            broken[i] = (byte)'?';
            Assert.False(RemoteMessage.TryParse(broken, out _), $"at {i}");
        }
    }

    [Fact]
    public void Random_bytes_harm_nobody()
    {
        var seed = Random.Shared.Next();
        var random = new Random(seed);
        var samples = Samples().ToArray();
        for (var i = 0; i < 200_000; i++)
        {
            byte[] bytes;
            if (i % 2 == 0)
            {
                bytes = new byte[random.Next(128)];
                random.NextBytes(bytes);
                bytes.AsSpan(0, Math.Min(1, bytes.Length)).Fill(4);
            }
            else
            {
                bytes = samples[random.Next(samples.Length)].ToArray();
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }

            var exception = Record.Exception(() => RemoteMessage.TryParse(bytes, out var parsed) ? parsed.Changes().Count() : 0);
            Assert.True(exception is null, $"seed {seed}: {exception}");
        }
    }

    /// <summary>As the scripts make it: with their answer for each.</summary>
    private static byte[] OfThreeKeys(string key) =>
    [
        .. RemoteMessage.Start(
            MessageKind.Changed,
            Node,
            Interval,
            [new(RemoteKey.For("p:s:", key), 1), new(RemoteKey.For("p:s:", "stored as it was sent"), 2), new(RemoteKey.For("p:s:", "another"), 3)]),
        .. Encoding.ASCII.GetBytes($"S{Time}S{Standing}sD{Other}"),
    ];

    private static IEnumerable<byte[]> Samples() =>
    [
        OfThreeKeys("k"),
        RemoteMessage.Start(MessageKind.Cleared, Node, Interval),
        RemoteMessage.Heartbeat(Node, Interval, new int[MessageLedger.Window]),
        RemoteMessage.About(MessageKind.Changed, Node, Interval, Standing.Id, RemoteKey.For("p:s:", "k")),
        RemoteMessage.About(MessageKind.Loaded, Node, Interval, Standing.Id, RemoteKey.For("p:s:", "\ud83e")),
    ];

    private static (MessageKind, ulong, uint) Of(RemoteMessage message) => (message.Kind, message.Node, message.Interval);

    private static bool IsMessage(byte[] bytes) => RemoteMessage.TryParse(bytes, out _);

    private static RemoteMessage Parse(byte[] bytes)
    {
        Assert.True(RemoteMessage.TryParse(bytes, out var message));
        return message;
    }
}
