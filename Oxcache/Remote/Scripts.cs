namespace Oxcaching.Remote;

/// <summary>The Lua scripts, each atomic, and with a single key right on a cluster too.</summary>
/// <remarks>
/// They run alike on Redis 6.2 and later and on Garnet. A reply is a letter of <see cref="ScriptOutcome"/> and a text, which is
/// mostly the head that stands there now. A message is published by the script that makes it true, so there is none without its
/// write; its end is made here, for Redis assigns the version: the reply itself.
/// </remarks>
internal static class Scripts
{
    /// <summary>
    /// Reads what stands at a key: its first bytes and its kind, or nothing. A foreign or broken record counts as absent. A time near
    /// the edge of what a double counts exactly is broken too, for the next version could not be made. A record that cannot be stored, for want of memory, must not
    /// leave an older one standing.
    /// </summary>
    /// <remarks>
    /// Times are texts of 16 digits, which compare as the numbers do. To make one of a number costs Lua as much as a small
    /// command, and so does a number as an argument of a command; hence the strings.
    /// </remarks>
    private const string Prelude = """
        local time = redis.call('TIME')
        local now = time[1] .. string.sub('00000' .. time[2], -6)
        local stamp = 'ox1' .. now
        local function read(key)
          local raw = redis.pcall('GETRANGE', key, '0', '67')
          if raw == '' or type(raw) ~= 'string' then return end
          local kind = string.sub(raw, 20, 20)
          if (#raw == 68 or (#raw == 52 and kind ~= 'V')) and raw < 'ox19' and string.sub(raw, 37) < '9'
            and string.match(raw, '^ox1%d+()[VLT][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f]%d+$') == 20 then return raw, kind end
        end
        local function live(raw, kind) return kind == 'V' and string.sub(raw, 53) > now end
        local function later(micros) return string.format('%016.0f', now + micros) end
        local function write(key, raw, kind, nonce, as_of, till, envelope, px)
          local start = stamp
          if raw and raw >= start then start = 'ox1' .. string.format('%016.0f', string.sub(raw, 4, 19) + 1) end
          local head = start .. kind .. nonce .. (as_of or string.sub(start, 4))
          local set = redis.pcall('SET', key, head .. till .. envelope, 'PX', px)
          if type(set) == 'table' and set.err then
            redis.call('DEL', key)
            return head, set.err
          end
          return head
        end

        """;

    /// <summary>
    /// Leaves a lease where nothing live stands, and returns the head that stands there now. ARGV: nonce, life in ms, and for how
    /// many µs others shall wait for this load, 0: not at all. One that others wait for may take the place of a tombstone or of
    /// a lease that nobody renews, and then lives no shorter.
    /// </summary>
    public static readonly Script Lease = new(Prelude + """
        local px, fresh, raw, kind = ARGV[2], tonumber(ARGV[3]), read(KEYS[1])
        if live(raw, kind) then return 'S' .. string.sub(raw, 1, 52) end
        if kind == 'T' or kind == 'L' then
          if fresh == 0 or (kind == 'L' and string.sub(raw, 53) > now) then return 'S' .. string.sub(raw, 1, 52) end
          px = string.format('%.0f', math.max(tonumber(px), redis.call('PTTL', KEYS[1])))
        end
        local head, err = write(KEYS[1], raw, 'L', ARGV[1], nil, fresh > 0 and later(fresh) or '', '', px)
        if err then return redis.error_reply(err) end
        return 'S' .. head
        """);

    /// <summary>Says for how many µs from now others shall wait for the load of a lease. ARGV: its head, the µs, channel or '', message.</summary>
    public static readonly Script Touch = new(Prelude + """
        local raw = read(KEYS[1])
        if not raw or string.sub(raw, 1, 52) ~= ARGV[1] then return 'R' end
        redis.call('SETRANGE', KEYS[1], '52', later(ARGV[2]))
        if ARGV[3] ~= '' then redis.call('PUBLISH', ARGV[3], ARGV[4]) end
        return 'S' .. ARGV[1]
        """);

    /// <summary>Stores a load's value if the head is still the load's base. ARGV: base, nonce, ttl in µs, life in ms, envelope, channel or '', message.</summary>
    public static readonly Script Fill = new(Prelude + """
        local raw = read(KEYS[1])
        if not raw or string.sub(raw, 1, 52) ~= ARGV[1] then return 'R' end
        local head, err = write(KEYS[1], raw, 'V', ARGV[2], string.sub(ARGV[1], 4, 19), later(ARGV[3]), ARGV[5], ARGV[4])
        if err then return 'R' end
        if ARGV[6] ~= '' then redis.call('PUBLISH', ARGV[6], ARGV[7]) end
        return 'S' .. head
        """);

    /// <summary>
    /// Sets and deletes. ARGV: not_after; by how many µs what stands there must be later than a write to stay, or '': it never
    /// stays; by how many earlier to go; a tombstone's life in ms, channel or '', the message without its end, which is the reply; then for each key: nonce, as_of and, unless it is a delete, the ttl in ms; envelope. The reply is one letter and one head for each key.
    /// </summary>
    /// <remarks>
    /// Without a margin a write always wins. With one it was called some time ago, at its as_of, and what others wrote since then
    /// wins: what is later than it by more than the margin stays, what is earlier goes, and where the clocks cannot tell there is
    /// a tombstone. What the same instance wrote before is earlier,
    /// for it keeps the order of each key, and what stands there already has arrived before; but where that was put over something
    /// later than this write, nobody can tell either. So what is put over a record is never said to be earlier than it.
    /// A value with a later number of the same instance is later: a crash can leave a write in the log that has arrived long ago.
    /// </remarks>
    public static readonly Script Write = new(Prelude + """
        if now > ARGV[1] then return 'L' .. now end
        local stays, goes, life, channel, sub = tonumber(ARGV[2]), ARGV[3], ARGV[4], ARGV[5], string.sub
        local young = stays and later(-1000 * life)
        -- Whether a set need not look closer: at nothing, or at a record that is behind the clock and its call, and, of one that yields, at an earlier one of its own instance.
        local function wins(key, nonce, as_of)
          local start = redis.pcall('GETRANGE', key, '0', '51')
          if start == '' then return not stays or as_of > young end
          if type(start) ~= 'string' or start >= stamp or sub(start, 37) > as_of then return false end
          if not stays then return true end
          local found = sub(start, 21)
          return found < nonce and found > sub(nonce, 1, 8)
        end
        local function decide(op, raw, kind, nonce, as_of)
          if not raw then return as_of > young and op or 'D' end
          local found = sub(raw, 37, 52)
          if sub(raw, 21, 28) == sub(nonce, 1, 8) then
            if sub(raw, 21, 36) == nonce then return 'A' end
            local ahead = tonumber(sub(raw, 29, 36), 16) - tonumber(sub(nonce, 9), 16)
            if kind == 'V' and ahead % 4294967296 < 2147483648 then return 'O' end
            return found <= as_of and op or 'D'
          end
          if op == 'D' and kind ~= 'V' then return op end
          if found - as_of > stays then return 'O' end
          return as_of - found > tonumber(goes) and op or 'D'
        end
        local replies, ttl, till, px = {}
        for i = 1, #KEYS do
          local at, key, head, err, raw, kind = 2 * i + 5, KEYS[i]
          local call = ARGV[at]
          local nonce, as_of, lasts = sub(call, 1, 16), sub(call, 17, 32), sub(call, 33)
          local op = lasts == '' and 'D' or 'S'
          -- An estimate ahead of the clock would make what others call next look earlier than this.
          if as_of > now then as_of = now end
          local outcome, put_at = op, as_of
          if op == 'D' or not wins(key, nonce, as_of) then
            raw, kind = read(key)
            if stays then outcome = decide(op, raw, kind, nonce, as_of) end
            if raw and sub(raw, 37, 52) > as_of then
              local found = sub(raw, 37, 52)
              put_at = found < now and found or now
            end
          end
          if outcome == 'S' then
            if ttl ~= lasts then
              ttl = lasts
              till, px = later(1000 * ttl), string.format('%.0f', math.max(ttl, life))
            end
            head, err = write(key, raw, 'V', nonce, put_at, till, ARGV[at + 1], px)
            if err then outcome = 'F' end
          elseif outcome == 'D' then
            if not live(raw, kind) then outcome = 'N' end
            head = write(key, raw, 'T', nonce, put_at, '', '', life)
          else
            head = sub(raw, 1, 52)
            if outcome == 'A' then outcome = op == 'S' and 'S' or 'N' end
          end
          replies[2 * i - 1], replies[2 * i] = outcome, head
        end
        local reply = table.concat(replies)
        if channel ~= '' then redis.call('PUBLISH', channel, ARGV[6] .. reply) end
        return reply
        """);

    /// <summary>
    /// Leaves a tombstone in the place of what is older than a record that was written before a failover, which has lost it. The
    /// tombstone is as old as the record: what was called after that, and is still to be replayed, is later. What the same instance
    /// wrote after it stays, however soon after.
    /// ARGV: the record's head, nonce, life in ms, channel or '', the message without its end, which is the reply, margin in µs.
    /// </summary>
    public static readonly Script Reassert = new(Prelude + """
        local raw, sub = read(KEYS[1]), string.sub
        local as_of = sub(ARGV[1], 37, 52)
        if raw then
          local found = sub(raw, 37, 52)
          if sub(raw, 21, 28) == sub(ARGV[1], 21, 28) then
            local ahead = tonumber(sub(raw, 29, 36), 16) - tonumber(sub(ARGV[1], 29, 36), 16)
            if ahead % 4294967296 < 2147483648 then return 'R' end
          elseif found - as_of > tonumber(ARGV[6]) then
            return 'R'
          end
          if found > as_of then as_of = found end
        end
        local reply = 'S' .. write(KEYS[1], raw, 'T', ARGV[2], as_of < now and as_of or now, '', '', ARGV[3])
        if ARGV[4] ~= '' then redis.call('PUBLISH', ARGV[4], ARGV[5] .. reply) end
        return reply
        """);

    /// <summary>Deletes a lock that still is the caller's. ARGV: its token.</summary>
    public static readonly Script Unlock = new("""
        if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 'R' end
        redis.call('DEL', KEYS[1])
        return 'S'
        """);
}
