using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Oxcaching.Tests.Servers;

/// <summary>One command to one server, as redis-cli would send it: no client library stands between.</summary>
public static class RedisConsole
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>The reply: a string, a long, null or an array of these.</summary>
    /// <exception cref="InvalidOperationException">The reply is an error; it is the message.</exception>
    public static Task<object?> AskAsync(int port, params string[] command) => AskAsAsync(port, null, command);

    /// <inheritdoc cref="AskAsync"/>
    /// <param name="port">The server's.</param>
    /// <param name="password">Told first; null: none is.</param>
    /// <param name="command">The command, with its arguments.</param>
    public static async Task<object?> AskAsAsync(int port, string? password, params string[] command)
    {
        using var timeout = new CancellationTokenSource(Patience);
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, port, timeout.Token);
        using var reader = new StreamReader(client.GetStream(), Encoding.Latin1);
        if (password is not null)
        {
            await client.GetStream().WriteAsync(Request(["AUTH", password]), timeout.Token);
            await ReadAsync(reader, timeout.Token);
        }

        await client.GetStream().WriteAsync(Request(command), timeout.Token);
        return await ReadAsync(reader, timeout.Token);
    }

    /// <summary>The same where the server may be away just now: null then.</summary>
    public static Task<object?> TryAskAsync(int port, params string[] command) => TryAskAsAsync(port, null, command);

    /// <inheritdoc cref="TryAskAsync"/>
    public static async Task<object?> TryAskAsAsync(int port, string? password, params string[] command)
    {
        try
        {
            return await AskAsAsync(port, password, command);
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException or InvalidOperationException)
        {
            return null;
        }
    }

    private static byte[] Request(string[] command)
    {
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"*{command.Length}\r\n");
        foreach (var part in command)
        {
            text.Append(CultureInfo.InvariantCulture, $"${Encoding.UTF8.GetByteCount(part)}\r\n{part}\r\n");
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static async Task<object?> ReadAsync(StreamReader reader, CancellationToken cancellationToken)
    {
        var line = await reader.ReadLineAsync(cancellationToken) ?? throw new IOException("The server hung up.");
        var rest = line[1..];
        switch (line[0])
        {
            case '+':
                return rest;
            case '-':
                throw new InvalidOperationException(rest);
            case ':':
                return long.Parse(rest, CultureInfo.InvariantCulture);
            case '$' when rest == "-1":
            case '*' when rest == "-1":
                return null;
            case '$':
                var bulk = new char[int.Parse(rest, CultureInfo.InvariantCulture) + 2];
                await reader.ReadBlockAsync(bulk, cancellationToken);
                return new string(bulk[..^2]);
            case '*':
                var items = new object?[int.Parse(rest, CultureInfo.InvariantCulture)];
                for (var i = 0; i < items.Length; i++)
                {
                    items[i] = await ReadAsync(reader, cancellationToken);
                }

                return items;
            default:
                throw new InvalidOperationException($"No reply of Redis: {line}");
        }
    }
}
