namespace Oxcaching.Remote;

/// <summary>The Lua scripts, each atomic on one key and therefore right on a cluster too.</summary>
/// <remarks>
/// They run alike on Redis 6.2 and later and on Garnet. A reply is one letter and its text: 'S' stored and the new head,
/// 'R' refused, 'L' too late and Redis's time, 'D' deleted a live value and the new head, 'N' the same where none was.
/// </remarks>
internal static class Scripts
{
    /// <summary>
    /// Reads what stands at the key. A foreign or broken record counts as absent: head is then nil. A version near the edge of
    /// what a double counts exactly is broken too, for the next one could not be made.
    /// </summary>
    private const string Prelude = """
        local D16, X16 = string.rep('%d', 16), string.rep('%x', 16)
        local function stamp(n) return string.format('%016.0f', n) end
        local time = redis.call('TIME')
        local now = time[1] * 1000000 + time[2]
        local raw = redis.pcall('GETRANGE', KEYS[1], 0, 67)
        local head, kind, version, expiry
        if type(raw) == 'string' then
          head = string.match(raw, '^ox1' .. D16 .. '[VLT]' .. X16 .. D16)
        end
        if head then
          version, kind = tonumber(string.sub(head, 4, 19)), string.sub(head, 20, 20)
          if kind == 'V' then expiry = tonumber(string.match(raw, '^' .. D16, 53) or '') end
          if version > 9000000000000000 or (kind == 'V' and not expiry) then head, kind, version = nil, nil, nil end
        end
        local function write(kind, nonce, as_of, rest, px)
          local v = now
          if version and version >= v then v = version + 1 end
          local new = 'ox1' .. stamp(v) .. kind .. nonce .. (as_of or stamp(v))
          redis.call('SET', KEYS[1], new .. rest, 'PX', string.format('%.0f', px))
          return new
        end
        local function live() return kind == 'V' and expiry > now end

        """;

    /// <summary>Leaves a lease where nothing live stands, and returns the head that stands there now. ARGV: nonce, life in ms.</summary>
    public const string Lease = Prelude + """
        if head and (kind ~= 'V' or live()) then return 'S' .. head end
        return 'S' .. write('L', ARGV[1], nil, '', tonumber(ARGV[2]))
        """;

    /// <summary>Stores a load's value if the head is still the load's base. ARGV: base, nonce, ttl in µs, least life in ms, envelope.</summary>
    public const string Fill = Prelude + """
        if head ~= ARGV[1] then return 'R' end
        local ttl = tonumber(ARGV[3])
        return 'S' .. write('V', ARGV[2], string.sub(ARGV[1], 4, 19), stamp(now + ttl) .. ARGV[5], math.max(math.ceil(ttl / 1000), tonumber(ARGV[4])))
        """;

    /// <summary>Stores a value over whatever is there. ARGV: nonce, not_after, as_of, ttl in µs, least life in ms, envelope.</summary>
    public const string Set = Prelude + """
        if now > tonumber(ARGV[2]) then return 'L' .. stamp(now) end
        local ttl = tonumber(ARGV[4])
        return 'S' .. write('V', ARGV[1], ARGV[3], stamp(now + ttl) .. ARGV[6], math.max(math.ceil(ttl / 1000), tonumber(ARGV[5])))
        """;

    /// <summary>Leaves a tombstone over whatever is there. ARGV: nonce, not_after, as_of, life in ms.</summary>
    public const string Delete = Prelude + """
        if now > tonumber(ARGV[2]) then return 'L' .. stamp(now) end
        local found = live() and 'D' or 'N'
        return found .. write('T', ARGV[1], ARGV[3], '', tonumber(ARGV[4]))
        """;
}
