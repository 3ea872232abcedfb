using System.Collections.Frozen;
using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace Oxcaching.Configuration;

/// <summary>The configuration as validated: what the runtime is built from. Does not change.</summary>
internal sealed class OxcacheConfiguration
{
    /// <summary>The services by name, case-sensitive.</summary>
    public required FrozenDictionary<string, ServiceSettings> Services { get; init; }

    public required string KeyPrefix { get; init; }

    public required bool EnableMetrics { get; init; }

    public required TimeSpan HealthCheckInterval { get; init; }

    public required ILoggerFactory? LoggerFactory { get; init; }

    public required JsonSerializerOptions? JsonSerializerOptions { get; init; }

    public required TimeProvider TimeProvider { get; init; }

    /// <summary>What was given but has no effect: a line each, with its place, to be logged once.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }

    /// <summary>Reads, validates and resolves a file, and reports all that is wrong at once.</summary>
    /// <param name="path">Relative to the working directory, else to the application's directory; or absolute.</param>
    /// <exception cref="OxcacheConfigurationException">The file is missing, or something in it is wrong.</exception>
    public static OxcacheConfiguration Load(string path) => ConfigurationFile.Load(path);

    /// <summary>Validates and resolves options, be they built in code or loaded from a file.</summary>
    /// <param name="options">Copied first; later changes have no effect.</param>
    /// <exception cref="OxcacheConfigurationException">Something is wrong; all errors are in it.</exception>
    public static OxcacheConfiguration Resolve(OxcacheOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new OptionsResolver(OptionsSnapshot.Of(options), new ProblemList(options.Source?.File)).Resolve();
    }
}
