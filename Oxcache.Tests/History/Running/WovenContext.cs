using System.Reflection;
using System.Runtime.Loader;

namespace Oxcaching.Tests.History.Running;

/// <summary>Loads the woven application and the cache library anew, and takes everything else from the test's own context.</summary>
/// <param name="unloads">
/// Whether it goes when it is used no more. Under load the runtime then now and then frees a delegate that its own asynchronous
/// methods keep in a static field and still call, and the process dies.
/// </param>
internal sealed class WovenContext(bool unloads) : AssemblyLoadContext("woven application", isCollectible: unloads)
{
    private static readonly HashSet<string> Own = [NameOf<OxcacheOptions>(), NameOf<Woven.WovenApplication>()];

    /// <summary>The same type, of the copy that is loaded here.</summary>
    public Type Twin(Type type) => LoadFromAssemblyName(type.Assembly.GetName()).GetType(type.FullName!, throwOnError: true)!;

    protected override Assembly? Load(AssemblyName assemblyName) =>
        Own.Contains(assemblyName.Name!) ? LoadFromAssemblyPath(Path.Combine(AppContext.BaseDirectory, assemblyName.Name + ".dll")) : null;

    private static string NameOf<T>() => typeof(T).Assembly.GetName().Name!;
}
