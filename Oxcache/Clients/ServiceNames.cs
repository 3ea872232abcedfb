using Oxcaching.Configuration;

namespace Oxcaching.Clients;

/// <summary>What to tell somebody who named a service that there is not.</summary>
internal static class ServiceNames
{
    public static string Unknown(string service, IReadOnlyCollection<string> known)
    {
        var nearest = Nearest.Of(service, known);
        var hint = nearest is null ? "" : $" Did you mean '{nearest}'?";
        var names = string.Join(", ", known.Order(StringComparer.Ordinal).Select(name => $"'{name}'"));
        return $"There is no service '{service}' in the configuration.{hint} There are: {names}.";
    }
}
