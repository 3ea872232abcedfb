namespace Oxcaching.Configuration;

/// <summary>Parses StackExchange.Redis's own form: <c>host:port,host2:port,password=…,ssl=true</c>.</summary>
internal sealed class RedisClientString(RedisConnectionString target, bool concealed)
{
    private const string CommaHint = "a password that contains ',' goes into l2.password or a redis:// string";

    private readonly HashSet<string> _seen = new(StringComparer.OrdinalIgnoreCase);
    private bool _afterSecret;

    private static IEnumerable<string> Allowed =>
        RedisClientKeyword.All.Values.Where(k => k.Use is RedisKeywordUse.Taken or RedisKeywordUse.Kept).Select(k => k.Name);

    public void Parse(string text)
    {
        var parts = text.Split(',', StringSplitOptions.TrimEntries);
        for (var i = 0; i < parts.Length; i++)
        {
            if (parts[i].Length > 0)
            {
                ParsePart(parts[i], i + 1);
            }
        }
    }

    private void ParsePart(string part, int number)
    {
        var equals = part.IndexOf('=', StringComparison.Ordinal);
        if (equals >= 0)
        {
            ParseOption(part[..equals].Trim(), part[(equals + 1)..].Trim(), number);
        }
        else if (_afterSecret)
        {
            target.AddProblem($"part {number} is no keyword=value; {CommaHint}");
        }
        else
        {
            target.AddEndPoint(part, $"part {number}: ");
        }
    }

    private void ParseOption(string name, string value, int number)
    {
        if (!RedisClientKeyword.All.TryGetValue(name, out var keyword))
        {
            target.AddProblem(Unknown(name, number));
        }
        else if (!_seen.Add(name))
        {
            target.AddProblem($"{keyword.Name} is given twice, once is allowed");
        }
        else if (keyword.Accepts?.Invoke(value) == false)
        {
            var allowed = keyword.Use == RedisKeywordUse.Ignored ? "" : $", {keyword.Note} allowed";
            target.AddProblem($"{keyword.Name} has a malformed value{allowed}");
        }
        else
        {
            Use(keyword, value);
        }
    }

    private void Use(RedisClientKeyword keyword, string value)
    {
        switch (keyword.Use)
        {
            case RedisKeywordUse.Taken:
                Take(keyword.Name, value);
                break;
            case RedisKeywordUse.Kept:
                target.AddClientOption(keyword.Name, keyword.Normalize(value));
                break;
            case RedisKeywordUse.Ignored when keyword.Name != "abortConnect" || RedisClientKeyword.IsTrue(value):
                target.AddIgnored($"{keyword.Name} has no effect: {keyword.Note}");
                break;
            case RedisKeywordUse.Refused:
                target.AddProblem($"{keyword.Name} is not allowed: {keyword.Note}");
                break;
        }
    }

    private void Take(string name, string value)
    {
        switch (name)
        {
            case "password":
                target.SetPassword(value);
                _afterSecret = true;
                break;
            case "user":
                target.SetUser(value);
                break;
            case "ssl":
                target.Tls = RedisClientKeyword.IsTrue(value);
                break;
            case "sslHost":
                target.TlsHost = value.Length == 0 ? null : value;
                break;
            case "defaultDatabase":
                target.SetDatabase(value);
                break;
        }
    }

    /// <summary>What follows a password may be its rest, cut off at a ','.</summary>
    private string Unknown(string name, int number)
    {
        if (name.StartsWith('$'))
        {
            return $"part {number} renames a command, that is not allowed: scripts need the real names";
        }

        if (concealed || _afterSecret || !name.All(char.IsAsciiLetter))
        {
            return $"part {number} has an unknown keyword, those of StackExchange.Redis allowed; {CommaHint}";
        }

        return Nearest.Of(name, RedisClientKeyword.All.Keys) is { } nearest
            ? $"unknown keyword '{name}', did you mean '{nearest}'?"
            : $"unknown keyword '{name}', allowed are {string.Join(", ", Allowed)}";
    }
}
