namespace Oxcaching.Remote;

/// <summary>The Lua scripts, each atomic, and with a single key right on a cluster too.</summary>
/// <remarks>
/// They run alike on Redis 6.2 and later and on Garnet. A reply is a letter of <see cref="ScriptOutcome"/> and a text, which is
/// mostly the head that stands there now. A message is published by the script that makes it true, so there is none without its
/// write; its end is made here, for Redis assigns the version: the head's version and nonce, and the key.
/// </remarks>
internal static class Scripts
{
    /// <summary>
    /// Reads what stands at a key. A foreign or broken record counts as absent. A time near the edge of what a double counts
    /// exactly is broken too, for the next version could not be made. A record that cannot be stored, for want of memory, must not
    /// leave an older one standing.
    /// </summary>
    private const string Prelude = """
        local D16, X16, EDGE = string.rep('%d', 16), string.rep('[0-9a-f]', 16), 9000000000000000
        local HEAD = '^ox1' .. D16 .. '[VLT]' .. X16 .. D16
        local function stamp(n) return string.format('%016.0f', n) end
        local time = redis.call('TIME')
        local now = time[1] * 1000000 + time[2]
        local function read(key)
          local raw = redis.pcall('GETRANGE', key, 0, 67)
          local head = type(raw) == 'string' and string.match(raw, HEAD)
          if not head then return {} end
          local found = {
            head = head, version = tonumber(string.sub(head, 4, 19)), kind = string.sub(head, 20, 20),
            as_of = tonumber(string.sub(head, 37, 52)), till = tonumber(string.match(raw, '^' .. D16, 53) or '') }
          if found.version >= EDGE or found.as_of >= EDGE or (found.kind == 'V' and not found.till) then return {} end
          return found
        end
        local function live(found) return found.kind == 'V' and found.till > now end
        local function write(key, found, kind, nonce, as_of, rest, px)
          local v = now
          if found.version and found.version >= v then v = found.version + 1 end
          local new = 'ox1' .. stamp(v) .. kind .. nonce .. stamp(as_of or v)
          local set = redis.pcall('SET', key, new .. rest, 'PX', string.format('%.0f', px))
          if type(set) == 'table' and set.err then
            redis.call('DEL', key)
            return new, set.err
          end
          return new
        end

        """;

    /// <summary>
    /// Leaves a lease where nothing live stands, and returns the head that stands there now. ARGV: nonce, life in ms, and for how
    /// many µs others shall wait for this load, 0: not at all. One that others wait for may take the place of a tombstone or of
    /// a lease that nobody renews, and then lives no shorter.
    /// </summary>
    public const string Lease = Prelude + """
        local found, fresh, px = read(KEYS[1]), tonumber(ARGV[3]), tonumber(ARGV[2])
        if live(found) then return 'S' .. found.head end
        if found.kind == 'T' or found.kind == 'L' then
          if fresh == 0 or (found.kind == 'L' and found.till and found.till > now) then return 'S' .. found.head end
          px = math.max(px, redis.call('PTTL', KEYS[1]))
        end
        local new, err = write(KEYS[1], found, 'L', ARGV[1], nil, fresh > 0 and stamp(now + fresh) or '', px)
        if err then return redis.error_reply(err) end
        return 'S' .. new
        """;

    /// <summary>Says for how many µs from now others shall wait for the load of a lease. ARGV: its head, the µs, channel or '', message.</summary>
    public const string Touch = Prelude + """
        if read(KEYS[1]).head ~= ARGV[1] then return 'R' end
        redis.call('SETRANGE', KEYS[1], 52, stamp(now + tonumber(ARGV[2])))
        if ARGV[3] ~= '' then redis.call('PUBLISH', ARGV[3], ARGV[4]) end
        return 'S' .. ARGV[1]
        """;

    /// <summary>Stores a load's value if the head is still the load's base. ARGV: base, nonce, ttl in µs, least life in ms, envelope, channel or '', message.</summary>
    public const string Fill = Prelude + """
        local found, ttl = read(KEYS[1]), tonumber(ARGV[3])
        if found.head ~= ARGV[1] then return 'R' end
        local new, err = write(KEYS[1], found, 'V', ARGV[2], tonumber(string.sub(ARGV[1], 4, 19)),
          stamp(now + ttl) .. ARGV[5], math.max(math.ceil(ttl / 1000), tonumber(ARGV[4])))
        if err then return 'R' end
        if ARGV[6] ~= '' then redis.call('PUBLISH', ARGV[6], ARGV[7]) end
        return 'S' .. new
        """;

    /// <summary>
    /// Sets and deletes. ARGV: not_after, margin in µs, a tombstone's life in ms, channel or '', start of the messages; then for
    /// each key: 'S' or 'D', nonce, as_of, ttl in µs, the message's key, envelope. The reply is one letter and one head for each key.
    /// </summary>
    /// <remarks>
    /// Without a margin a write always wins. With one it was called some time ago, at its as_of, and what others wrote since then
    /// wins: what is later than it by more than the margin stays, what is earlier goes, and where the clocks cannot tell there is
    /// a tombstone. What the same instance wrote before is earlier,
    /// for it keeps the order of each key, and what stands there already has arrived before; but where that was put over something
    /// later than this write, nobody can tell either. So what is put over a record is never said to be earlier than it.
    /// </remarks>
    public const string Write = Prelude + """
        if now > tonumber(ARGV[1]) then return 'L' .. stamp(now) end
        local margin, life, channel = tonumber(ARGV[2]), tonumber(ARGV[3]), ARGV[4]
        local function decide(op, found, nonce, as_of)
          if not margin then return op end
          if found.head and string.sub(found.head, 21, 28) == string.sub(nonce, 1, 8) then
            if string.sub(found.head, 21, 36) == nonce then return 'A' end
            return found.as_of <= as_of and op or 'D'
          end
          if not found.head then return now - as_of < life * 1000 and op or 'D' end
          if op == 'D' and found.kind ~= 'V' then return op end
          if found.as_of > as_of + margin then return 'O' end
          return as_of > found.as_of + margin and op or 'D'
        end
        local replies = {}
        for i = 1, #KEYS do
          local at, key = 6 * i, KEYS[i]
          local nonce, as_of, ttl, found = ARGV[at + 1], tonumber(ARGV[at + 2]), tonumber(ARGV[at + 3]), read(key)
          local outcome, head, err = decide(ARGV[at], found, nonce, as_of)
          if found.as_of and found.as_of > as_of then as_of = math.min(found.as_of, now) end
          if outcome == 'S' then
            head, err = write(key, found, 'V', nonce, as_of, stamp(now + ttl) .. ARGV[at + 5], math.max(math.ceil(ttl / 1000), life))
            if err then outcome = 'F' end
          elseif outcome == 'D' then
            if not live(found) then outcome = 'N' end
            head = write(key, found, 'T', nonce, as_of, '', life)
          else
            head = found.head
            if outcome == 'A' then outcome = ARGV[at] == 'S' and 'S' or 'N' end
          end
          if channel ~= '' then
            redis.call('PUBLISH', channel, ARGV[5] .. string.sub(head, 4, 19) .. string.sub(head, 21, 36) .. ARGV[at + 4])
          end
          replies[i] = outcome .. head
        end
        return table.concat(replies)
        """;

    /// <summary>
    /// Leaves a tombstone in the place of what is older than a record that was written before a failover, which has lost it.
    /// ARGV: the record's head, nonce, life in ms, channel or '', start of the message, the message's key, margin in µs.
    /// </summary>
    public const string Reassert = Prelude + """
        local found = read(KEYS[1])
        if found.head == ARGV[1] or (found.head and found.as_of > tonumber(string.sub(ARGV[1], 37, 52)) + tonumber(ARGV[7])) then return 'R' end
        local head = write(KEYS[1], found, 'T', ARGV[2], nil, '', tonumber(ARGV[3]))
        if ARGV[4] ~= '' then redis.call('PUBLISH', ARGV[4], ARGV[5] .. string.sub(head, 4, 19) .. string.sub(head, 21, 36) .. ARGV[6]) end
        return 'S' .. head
        """;

    /// <summary>Deletes a lock that still is the caller's. ARGV: its token.</summary>
    public const string Unlock = """
        if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 'R' end
        redis.call('DEL', KEYS[1])
        return 'S'
        """;
}
