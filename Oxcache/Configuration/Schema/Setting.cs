namespace Oxcaching.Configuration.Schema;

/// <summary>One key: its name, what it takes, where the options keep it, and whether it has an effect yet.</summary>
internal sealed class Setting
{
    private Setting(string name, SettingKind kind, Func<object, object?> get, Action<object, object?> set)
    {
        Name = name;
        Kind = kind;
        Get = get;
        Set = set;
    }

    public string Name { get; }

    public SettingKind Kind { get; }

    public Func<object, object?> Get { get; }

    public Action<object, object?> Set { get; }

    /// <summary>Why the key does nothing yet; null: it does.</summary>
    public string? NoEffect { get; private init; }

    private Func<object, bool> Applies { get; init; } = _ => true;

    public static Setting Of<TOwner, TValue>(
        string name,
        SettingKind kind,
        Func<TOwner, TValue> get,
        Action<TOwner, TValue> set,
        string? noEffect = null,
        Func<TOwner, bool>? noEffectWhen = null) =>
        new(name, kind, owner => get((TOwner)owner), (owner, value) => set((TOwner)owner, (TValue)value!))
        {
            NoEffect = noEffect,
            Applies = owner => noEffectWhen is null || noEffectWhen((TOwner)owner),
        };

    public bool HasNoEffect(object owner) => NoEffect is not null && Applies(owner);
}
