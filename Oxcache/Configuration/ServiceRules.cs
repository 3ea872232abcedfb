using System.Globalization;

namespace Oxcaching.Configuration;

/// <summary>The rules that look at more than one value of a service.</summary>
internal sealed class ServiceRules(OxcacheOptions options, ProblemList problems, ProblemList warnings)
{
    private readonly SourceMap? _source = options.Source;
    private readonly ModeRules _modeRules = new(options.Source, problems, warnings);

    public void Check(ServiceOptions service, string path)
    {
        CheckLocal(service, path);
        CheckRemote(service.L2, $"{path}.l2");
    }

    private void CheckLocal(ServiceOptions service, string path)
    {
        var (ttlPath, localTtlPath) = ($"{path}.ttl", $"{path}.l1.ttl");
        var inherited = service.Ttl is null;
        var limitPath = inherited ? "global.default_ttl" : ttlPath;
        var limit = service.Ttl ?? options.DefaultTtl;
        if (!problems.Has(limitPath) && !problems.Has(ttlPath) && !problems.Has(localTtlPath) && service.L1.Ttl > limit)
        {
            Add(localTtlPath, IsConcealed(localTtlPath, limitPath)
                ? $"is longer than {limitPath}"
                : $"{Seconds(service.L1.Ttl.Value)} is longer than {limitPath}, at most its {Seconds(limit)} allowed");
        }

        var (capacityPath, initialPath) = ($"{path}.l1.max_capacity", $"{path}.l1.initial_capacity");
        if (!problems.Has(capacityPath) && !problems.Has(initialPath) && service.L1.InitialCapacity > service.L1.MaxCapacity)
        {
            Add(initialPath, IsConcealed(initialPath, capacityPath)
                ? $"is more than {capacityPath}"
                : $"{service.L1.InitialCapacity} is more than {capacityPath}, at most its {service.L1.MaxCapacity} allowed");
        }
    }

    private void CheckRemote(L2Options remote, string path)
    {
        var stringPath = $"{path}.connection_string";
        if (remote.Client?.Connection is not null)
        {
            WarnOfConnectionString(remote, stringPath);
            return;
        }

        if (problems.Has(stringPath))
        {
            return;
        }

        var parsed = RedisConnectionString.Parse(remote.ConnectionString, IsConcealed(stringPath));
        foreach (var problem in parsed.Problems)
        {
            Add(stringPath, problem);
        }

        foreach (var ignored in parsed.Ignored)
        {
            warnings.Add(_source?.Find(stringPath)?.At, stringPath, ignored);
        }

        if (parsed.Problems.Count > 0)
        {
            return;
        }

        _modeRules.Check(remote, parsed, path);
        if (problems.Has($"{path}.password"))
        {
            return;
        }

        CheckPassword(remote, parsed, $"{path}.password");
        CheckUser(remote, parsed, stringPath);
    }

    private void WarnOfConnectionString(L2Options remote, string path)
    {
        if (remote.ConnectionString != new L2Options().ConnectionString)
        {
            warnings.Add(_source?.Find(path)?.At, path, "has no effect: the application hands a connection over");
        }
    }

    private void CheckPassword(L2Options remote, RedisConnectionString parsed, string path)
    {
        if (string.IsNullOrEmpty(remote.Password) || parsed.Password is null || parsed.Password == remote.Password)
        {
            return;
        }

        Add(path, "differs from the password in connection_string, one password in one of the two allowed");
    }

    private void CheckUser(L2Options remote, RedisConnectionString parsed, string path)
    {
        if (parsed.User is not null && parsed.Password is null && string.IsNullOrEmpty(remote.Password))
        {
            Add(path, "names a user but no password, give it as user:password@ or as l2.password");
        }
    }

    private bool IsConcealed(params string[] paths) => paths.Any(path => _source?.Find(path)?.Concealed == true);

    private void Add(string path, string text) => problems.Add(_source?.Find(path)?.At, path, text);

    private static string Seconds(TimeSpan value) => $"{value.TotalSeconds.ToString("0.#######", CultureInfo.InvariantCulture)} s";
}
