using System.Net;

namespace Oxcaching.Configuration;

/// <summary>What an application brings of the Redis client: settings of its own, or a connection. <c>Remote/</c> alone knows what is in it.</summary>
/// <remarks>Services whose sources are equal, and the rest of their address, share a connection.</remarks>
internal abstract record ClientSource
{
    /// <summary>Where a connection that was handed over leads; null: the options say where to connect to.</summary>
    public virtual HandedOver? Connection => null;

    /// <param name="EndPoints">Its end points.</param>
    /// <param name="Database">Its database.</param>
    /// <param name="IsCluster">Whether it is one to a cluster.</param>
    public sealed record HandedOver(IReadOnlyList<EndPoint> EndPoints, int Database, bool IsCluster);
}
