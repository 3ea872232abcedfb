using System.Collections.Frozen;
using Oxcaching.Configuration.TomlTree;

namespace Oxcaching.Configuration;

/// <summary>Validates options as a whole, and turns them into the configuration if nothing is wrong.</summary>
/// <param name="options">Nobody else changes them.</param>
/// <param name="problems">What is wrong already.</param>
internal sealed class OptionsResolver(OxcacheOptions options, ProblemList problems)
{
    private readonly ProblemList _warnings = new(options.Source?.File);

    public OxcacheConfiguration Resolve()
    {
        CheckServicesExist();
        Check();
        problems.ThrowIfAny();
        return Build();
    }

    /// <summary>All rules but the one that there is a service: code may still add it.</summary>
    public void Check()
    {
        var checker = new OptionsChecker(options.Source, problems, _warnings);
        var rules = new ServiceRules(options, problems, _warnings);
        checker.CheckGlobal(options);
        foreach (var (name, service) in options.Services)
        {
            var path = TomlKey.Join(OptionsBinder.Services, name);
            CheckName(name, path);
            if (service is null)
            {
                problems.Add(position: null, path, "is null, a ServiceOptions expected");
                continue;
            }

            checker.CheckService(service, path);
            rules.Check(service, path);
        }
    }

    private void CheckName(string name, string path)
    {
        if (NameRules.CheckServiceName(name) is { } problem)
        {
            problems.Add(options.Source?.Find(path)?.Key, path, problem);
        }
    }

    private void CheckServicesExist()
    {
        if (options.Services.Count > 0 || problems.Has(OptionsBinder.Services))
        {
            return;
        }

        TomlPosition? inFile = options.Source?.Find(OptionsBinder.Services)?.Key ?? TomlPosition.Start;
        problems.Add(options.Source is null ? null : inFile, OptionsBinder.Services, "no service is configured, add at least one: [services.NAME]");
    }

    private OxcacheConfiguration Build()
    {
        var builder = new SettingsBuilder(options);
        return new OxcacheConfiguration
        {
            Services = options.Services.ToFrozenDictionary(s => s.Key, s => builder.Build(s.Key, s.Value), StringComparer.Ordinal),
            KeyPrefix = options.KeyPrefix,
            EnableMetrics = options.EnableMetrics,
            HealthCheckInterval = options.HealthCheckInterval,
            LoggerFactory = options.LoggerFactory,
            JsonSerializerOptions = options.JsonSerializerOptions,
            TimeProvider = options.TimeProvider,
            Warnings = _warnings.ToLines(),
        };
    }
}
