using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Oxcaching.Diagnostics;
using Oxcaching.Flights;
using Oxcaching.Local;

namespace Oxcaching.Weaving;

/// <summary>A woven method's site: asks L1 first, and on a miss runs the call through the service's flights. Made by woven code. Thread-safe.</summary>
/// <typeparam name="T">The result of the method.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public class CachedMethod<T>
{
    private readonly string _service;
    private readonly string _method;
    private readonly TimeSpan? _ttl;
    private readonly CacheType _cacheType;
    private readonly bool _cacheNull;
    private MethodBinding _binding = MethodBinding.None;
    private int _notInitializedLogged;
    private int _keyFailureLogged;

    /// <summary>Makes the site of one method.</summary>
    /// <param name="service">The service named by the attribute.</param>
    /// <param name="method">The method's name as logs show it.</param>
    /// <param name="ttlSeconds">The attribute's TTL; 0: the service's.</param>
    /// <param name="cacheType">The attribute's narrowing.</param>
    /// <param name="cacheNull">Whether a null result is stored.</param>
    public CachedMethod(string service, string method, int ttlSeconds, CacheType cacheType, bool cacheNull)
    {
        _service = service;
        _method = method;
        _ttl = ttlSeconds > 0 ? TimeSpan.FromSeconds(ttlSeconds) : null;
        _cacheType = cacheType;
        _cacheNull = cacheNull;
    }

    /// <summary>Asks L1. A hit releases the key; on a miss the key is still to be passed on.</summary>
    /// <param name="key">The call's key.</param>
    /// <param name="hit">A completed task with the value.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryGetTask(ref CacheKeyBuilder key, [NotNullWhen(true)] out Task<T>? hit)
    {
        if (Find(_binding, ref key) is { } entry)
        {
            hit = entry.Task;
            return true;
        }

        hit = null;
        return false;
    }

    /// <summary>Asks L1. A hit releases the key; on a miss the key is still to be passed on.</summary>
    /// <param name="key">The call's key.</param>
    /// <param name="hit">A completed task with the value.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryGetValueTask(ref CacheKeyBuilder key, out ValueTask<T> hit)
    {
        if (Find(_binding, ref key) is { } entry)
        {
            hit = new(entry.Value);
            return true;
        }

        hit = default;
        return false;
    }

    /// <summary>Answers a call that L1 could not answer. Releases the key.</summary>
    /// <param name="key">The call's key.</param>
    /// <param name="call">The call.</param>
    /// <param name="cancellationToken">The caller's own token, by which he leaves.</param>
    public Task<T> InvokeAsTask<TCall>(ref CacheKeyBuilder key, TCall call, CancellationToken cancellationToken)
        where TCall : struct, ICachedCall<T> => Invoke<TCall, CallBody<T, TCall>>(ref key, call, new(call), cancellationToken);

    /// <summary>Answers a call that L1 could not answer. Releases the key.</summary>
    /// <param name="key">The call's key.</param>
    /// <param name="call">The call.</param>
    /// <param name="cancellationToken">The caller's own token, by which he leaves.</param>
    public ValueTask<T> InvokeAsValueTask<TCall>(ref CacheKeyBuilder key, TCall call, CancellationToken cancellationToken)
        where TCall : struct, ICachedCall<T> => new(Invoke<TCall, ValueCallBody<T, TCall>>(ref key, call, new(call), cancellationToken));

    private Task<T> Invoke<TCall, TBody>(ref CacheKeyBuilder key, TCall call, TBody body, CancellationToken cancellationToken)
        where TCall : struct, ICachedCall<T>
        where TBody : struct, IFlightBody<T>
    {
        var binding = CurrentBinding();
        if (binding.Client is not { } client || key.Failed)
        {
            return RunUncached(ref key, call, binding, cancellationToken);
        }

        var hash = KeyHash.OfFresh(key.AsSpan());
        return client.LoadAsync<T, TBody>(key.ToStringAndRelease(), hash, body, binding.Terms, cancellationToken);
    }

    private protected MethodBinding Binding => _binding;

    private protected LocalEntry<T>? Find(MethodBinding binding, ref CacheKeyBuilder key)
    {
        if (binding.Front is { } front && ReferenceEquals(binding.Manager, Oxcache.Current) && !key.Failed)
        {
            var text = key.AsSpan();
            if (front.Find(text, KeyHash.OfFresh(text)) is LocalEntry<T> entry)
            {
                key.Release();
                return entry;
            }
        }

        return null;
    }

    /// <summary>The binding to the current manager, made anew after each Init.</summary>
    private MethodBinding CurrentBinding()
    {
        var binding = Volatile.Read(ref _binding);
        var manager = Oxcache.Current;
        if (!ReferenceEquals(binding.Manager, manager))
        {
            binding = Bind(manager);
            Volatile.Write(ref _binding, binding);
        }

        return binding;
    }

    private MethodBinding Bind(CacheManager? manager)
    {
        if (manager is null)
        {
            return MethodBinding.None;
        }

        string problem;
        if (!manager.TryGetClient(_service, out var client))
        {
            problem = manager.UnknownService(_service);
        }
        else if (client.Narrow(_cacheType) is { } narrowed)
        {
            return new(manager, narrowed, narrowed.Terms(_ttl, _cacheNull), narrowed.Front);
        }
        else
        {
            problem = $"its CacheType is {_cacheType}, and service '{_service}' has only {client.Levels}.";
        }

        Log.Misconfigured(manager.Logger, _method, problem);
        return new(manager, null, default, null);
    }

    [SuppressMessage("Design", "CA1031", Justification = "What the body throws arrives through the task.")]
    private Task<T> RunUncached<TCall>(ref CacheKeyBuilder key, TCall call, MethodBinding binding, CancellationToken cancellationToken)
        where TCall : struct, ICachedCall<T>
    {
        Report(ref key, binding);
        key.Release();
        try
        {
            return call.InvokeAsync(cancellationToken).AsTask();
        }
        catch (Exception e)
        {
            return Task.FromException<T>(e);
        }
    }

    private void Report(ref CacheKeyBuilder key, MethodBinding binding)
    {
        UncachedCalls.Count(_service, _method);
        if (binding.Manager is not { } manager)
        {
            if (Interlocked.Exchange(ref _notInitializedLogged, 1) == 0)
            {
                Log.NotInitialized(GuardedLogger.From(Oxcache.LoggerFactory), _method);
            }
        }
        else if (key.Failed && Interlocked.Exchange(ref _keyFailureLogged, 1) == 0)
        {
            Log.KeyFailed(manager.Logger, _method, key.Error);
        }
    }
}
