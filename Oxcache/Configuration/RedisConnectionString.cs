using System.Globalization;
using System.Net;

namespace Oxcaching.Configuration;

/// <summary>What a connection string says, in either of the two forms.</summary>
/// <remarks>Problems name keywords and positions, never values: any part of a malformed string may be part of the password.</remarks>
internal sealed class RedisConnectionString
{
    private readonly List<EndPoint> _endPoints = [];
    private readonly List<string> _problems = [];
    private readonly List<string> _ignored = [];
    private readonly List<string> _clientOptions = [];

    public IReadOnlyList<EndPoint> EndPoints => _endPoints;

    /// <summary>Null: none, or "default", which is the user of a password alone.</summary>
    public string? User { get; private set; }

    public string? Password { get; private set; }

    public bool Tls { get; set; }

    public string? TlsHost { get; set; }

    public int Database { get; private set; }

    /// <summary>The options for StackExchange.Redis that are left, in its own spelling.</summary>
    public string ClientOptions => string.Join(',', _clientOptions);

    public IReadOnlyList<string> Problems => _problems;

    /// <summary>What was given but is not used, with the reason.</summary>
    public IReadOnlyList<string> Ignored => _ignored;

    /// <param name="text">The connection string.</param>
    /// <param name="concealed">Whether it comes from the environment, so that not even its keywords may be shown.</param>
    public static RedisConnectionString Parse(string text, bool concealed)
    {
        var result = new RedisConnectionString();
        text = text.Trim();
        if (text.Length == 0)
        {
            result.AddProblem("is empty, redis://host:port or host:port,keyword=value allowed");
        }
        else if (RedisUrl.HasScheme(text))
        {
            new RedisUrl(result, concealed).Parse(text);
        }
        else
        {
            new RedisClientString(result, concealed).Parse(text);
        }

        return result;
    }

    public void AddEndPoint(string text, string where)
    {
        if (RedisEndPoint.Parse(text, out var problem) is { } endPoint)
        {
            _endPoints.Add(endPoint);
        }
        else
        {
            AddProblem(where + problem);
        }
    }

    public void SetUser(string user) => User = user is "" or "default" ? null : user;

    public void SetPassword(string password) => Password = password.Length == 0 ? null : password;

    public void SetDatabase(string text)
    {
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var database))
        {
            Database = database;
        }
        else
        {
            AddProblem("the database is not a number, 0 or more allowed");
        }
    }

    public void AddClientOption(string name, string value) => _clientOptions.Add($"{name}={value}");

    public void AddProblem(string problem) => _problems.Add(problem);

    public void AddIgnored(string reason) => _ignored.Add(reason);

    public override string ToString() => string.Join(',', _endPoints);
}
