using System.Globalization;
using Oxcaching.Tests.TestSupport;

namespace Oxcaching.Tests.Crashes;

/// <summary>Hears what <see cref="CrashProgram"/> prints, and holds what is read later against it.</summary>
internal sealed class CrashWitness
{
    private readonly Dictionary<string, Testimony> _byKey = new(StringComparer.Ordinal);

    public IReadOnlyCollection<string> Keys => _byKey.Keys;

    public int Acknowledged { get; private set; }

    /// <summary>Shared keys whose value was deleted, because the clocks of two processes could not tell which of two writes was the later.</summary>
    public int InDoubt { get; private set; }

    /// <summary>What was wrong, in words.</summary>
    public List<string> Complaints { get; } = [];

    public void Hear(string line)
    {
        switch (line.Split(' '))
        {
            case ["begin", var key, var version, var time]:
                Of(key).Begin(Number(version), time == "timed");
                break;
            case ["acknowledged", var key, var version]:
                Of(key).Acknowledge(Number(version));
                Acknowledged++;
                break;

            // A record inside the cache that is not as it should be, a log that was set aside or left alone.
            case ["wrong", ..] or [PrintingLogger.Prefix, "20" or "31" or "42" or "43" or "44", ..]:
                Complaints.Add(line);
                break;
        }
    }

    /// <summary>While Redis is away a process knows what the log has; nothing is older or otherwise than what was acknowledged.</summary>
    public void SawWhileCutOff(string key, string? value)
    {
        if (value is not null && !Of(key).IsPossible(key, value))
        {
            Complain("while cut off", key, value);
        }
    }

    /// <summary>When nothing is pending any more: what was acknowledged last stands there, or what was begun after it.</summary>
    public void SawInTheEnd(string key, string? value)
    {
        var testimony = Of(key);
        var isPossible = value is null ? testimony.MayBeAbsent(key) : testimony.IsPossible(key, value);
        if (!isPossible && value is null && CrashProgram.IsShared(key))
        {
            InDoubt++;
        }
        else if (!isPossible)
        {
            Complain("in the end", key, value);
        }

        // It is not to change any more.
        testimony.Settle(value is null ? null : CrashValue.VersionOf(value));
    }

    /// <summary>Keys that nobody writes any more and that were looked at after two recoveries are let go of.</summary>
    public void LetGo()
    {
        const int Looks = 4;
        foreach (var key in _byKey.Where(pair => !CrashProgram.IsShared(pair.Key) && pair.Value.Settlements >= Looks).Select(pair => pair.Key).ToList())
        {
            _byKey.Remove(key);
        }
    }

    private void Complain(string when, string key, string? value) =>
        Complaints.Add($"{key} was {value ?? "missing"} {when}, and not {_byKey[key]}.");

    private Testimony Of(string key) => _byKey.TryGetValue(key, out var testimony) ? testimony : _byKey[key] = new Testimony();

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);

    /// <summary>What a key may be: the last version that was acknowledged, or one that was begun after it.</summary>
    private sealed class Testimony
    {
        private readonly List<(long Version, bool IsTimed)> _possible = [];
        private bool _isAcknowledged;

        /// <summary>How often it was looked at when nothing was pending.</summary>
        public int Settlements { get; private set; }

        public void Begin(long version, bool isTimed) => _possible.Add((version, isTimed));

        public void Acknowledge(long version)
        {
            _possible.RemoveAll(one => one.Version < version);
            _isAcknowledged = true;
        }

        public void Settle(long? version)
        {
            Settlements++;
            _possible.Clear();
            _isAcknowledged = version is not null;
            if (version is not null)
            {
                _possible.Add((version.Value, true));
            }
        }

        public bool IsPossible(string key, string value) =>
            _possible.Exists(one => one.Version == CrashValue.VersionOf(value) && CrashValue.Of(key, one.Version) == value);

        /// <summary>A set of which nobody knows when it was called, because its process had not reached Redis once, is replayed as a delete.</summary>
        public bool MayBeAbsent(string key) =>
            !_isAcknowledged || _possible.Exists(one => !one.IsTimed || CrashValue.Of(key, one.Version) is null);

        public override string ToString() => (_isAcknowledged ? "" : "absent or ") + string.Join(" or ", _possible);
    }
}
