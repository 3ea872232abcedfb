using Mono.Cecil.Cil;
using Oxcaching.Configuration.TomlTree;
using Oxcaching.Fody.Find;
using Oxcaching.Fody.Keys;
using Oxcaching.Fody.Project;

namespace Oxcaching.Fody.Validate;

/// <summary>OXC015: methods that ask for what the configuration does not have, and a configuration that cannot be read.</summary>
internal sealed class ConfigRules
{
    private const string Id = "OXC015";

    private readonly ConfigFile _config;
    private readonly DiagnosticBag _diagnostics;

    private ConfigRules(ConfigFile config, DiagnosticBag diagnostics)
    {
        _config = config;
        _diagnostics = diagnostics;
    }

    public static void Check(string path, List<CachedMethod> methods, DiagnosticBag diagnostics)
    {
        if (Read(path, diagnostics) is not { } config)
        {
            return;
        }

        var rules = new ConfigRules(config, diagnostics);
        foreach (var method in methods)
        {
            rules.Check(method);
        }
    }

    private static ConfigFile? Read(string path, DiagnosticBag diagnostics)
    {
        try
        {
            return ConfigFile.Read(path);
        }
        catch (TomlSyntaxException e)
        {
            foreach (var error in e.Errors)
            {
                var where = error.Path.Length > 0 ? $"{error.Path}: " : "";
                diagnostics.Add(Id, $"{where}{error.Message}", PlaceIn(path, error.Position));
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            diagnostics.Add(Id, $"the configuration that OxcacheConfig names cannot be read: {e.Message}", PlaceIn(path, TomlPosition.Start));
        }

        return null;
    }

    private static SequencePoint PlaceIn(string path, TomlPosition position) => new(Instruction.Create(OpCodes.Nop), new Document(path))
    {
        StartLine = position.Line,
        StartColumn = position.Column,
        EndLine = position.Line,
        EndColumn = position.Column,
    };

    private void Check(CachedMethod cached)
    {
        var settings = cached.Settings;
        var problem = _config.Find(settings.Service) is not { } service
            ? ProblemOfName(settings.Service)
            : ProblemOfType(settings, service) ?? ProblemOfTtl(settings, service);
        if (problem is not null)
        {
            _diagnostics.Add(Id, $"[Cached] on {TypeNames.Of(cached.Method)}: {problem}", cached.Method);
        }
    }

    private string ProblemOfName(string service)
    {
        var names = _config.Services.ToList();
        var hint = NearestName.Of(service, names) is { } nearest ? $" Did you mean \"{nearest}\"?" : "";
        var available = names.Count == 0 ? "It has none." : $"There are: {string.Join(", ", names)}.";
        return $"{_config.Name} has no service \"{service}\".{hint} {available}";
    }

    private string? ProblemOfType(CachedSettings settings, ServiceConfig service) => UsedLevels(settings, service) == Levels.None
        ? $"CacheType = {(Levels)settings.CacheType}, and {_config.Name} gives the service \"{settings.Service}\" only {service.Levels}. "
            + "Leave CacheType out, or change the service's cache_type."
        : null;

    private string? ProblemOfTtl(CachedSettings settings, ServiceConfig service) =>
        UsedLevels(settings, service) == Levels.L1 && settings.Ttl > service.LocalTtl
            ? $"Ttl = {settings.Ttl} is never reached: {_config.Name} lets L1 of the service \"{settings.Service}\" keep an entry for {service.LocalTtl} s "
                + "at most, and the method uses no other level. Raise the service's ttl or l1.ttl, or lower Ttl."
            : null;

    private static Levels UsedLevels(CachedSettings settings, ServiceConfig service) =>
        settings.CacheType == 0 ? service.Levels : service.Levels & (Levels)settings.CacheType;
}
