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
    /// leave an older one standing; what else is refused is done again to be told so. A message that may not be published undoes no write: what its sender may do is found out by its heartbeats, and the count
    /// that they announce once they may be published tells the others that they have missed some.
    /// </summary>
    /// <remarks>
    /// Times are texts of 16 digits, which compare as the numbers do. To make one of a number costs Lua as much as a small
    /// command, and so does a number as an argument of a command; hence the strings.
    /// </remarks>
    private const string Prelude = """
        local time = redis.call('TIME')
        local now = time[1] .. string.sub('00000' .. time[2], -6)
        local stamp = 'ox1' .. now
        local function is(reply, sign) return type(reply) == 'table' and reply.err and string.find(reply.err, sign, 1, true) end
        local function read(key)
          local raw = redis.pcall('GETRANGE', key, '0', '77')
          if raw == '' then return end
          if type(raw) ~= 'string' then
            if not is(raw, 'WRONGTYPE') then redis.call('GETRANGE', key, '0', '77') end
            return
          end
          local kind = string.sub(raw, 20, 20)
          if (#raw == 78 or (#raw == 62 and kind ~= 'V')) and raw < 'ox19' and string.sub(raw, 37) < '9'
            and string.match(raw, '^ox1%d+()[VLT][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f]%d+$') == 20 then return raw, kind end
        end
        local function live(raw, kind) return kind == 'V' and string.sub(raw, 63) > now end
        local function later(micros) return string.format('%016.0f', now + micros) end
        local exactly = '0000000000'
        local function own(raw, nonce) return string.sub(raw, 21, 28) == string.sub(nonce, 1, 8) and string.sub(raw, 20, 20) ~= 'L' end
        local function latest(raw) return string.sub(raw, 37, 52) + string.sub(raw, 53, 62) end
        local function over(raw, nonce, as_of)
          if not raw then return as_of end
          local least = math.min(own(raw, nonce) and tonumber(string.sub(raw, 37, 52)) or latest(raw), tonumber(now))
          return least > tonumber(as_of) and string.format('%016.0f', least) or as_of
        end
        local function write(key, raw, kind, nonce, as_of, till, envelope, px)
          local start = stamp
          if raw and raw >= start then start = 'ox1' .. string.format('%016.0f', string.sub(raw, 4, 19) + 1) end
          local head = start .. kind .. nonce .. (as_of or string.sub(start, 4) .. exactly)
          local set = redis.pcall('SET', key, head .. till .. envelope, 'PX', px)
          if type(set) == 'table' and set.err then
            if not is(set, 'OOM') then redis.call('SET', key, head .. till .. envelope, 'PX', px) end
            redis.call('DEL', key)
            return head, set.err
          end
          return head
        end
        local function tell(channel, message)
          if channel ~= '' then redis.pcall('PUBLISH', channel, message) end
        end

        """;

    /// <summary>
    /// Leaves a lease where nothing live stands, and returns the head that stands there now. ARGV: nonce, life in ms, and for how
    /// many µs others shall wait for this load, 0: not at all. One that others wait for may take the place of a tombstone or of
    /// a lease that nobody renews, and then lives no shorter.
    /// </summary>
    public static readonly Script Lease = new(Prelude + """
        local px, fresh, raw, kind = ARGV[2], tonumber(ARGV[3]), read(KEYS[1])
        if live(raw, kind) then return 'S' .. string.sub(raw, 1, 62) end
        if kind == 'T' or kind == 'L' then
          if fresh == 0 or (kind == 'L' and string.sub(raw, 63) > now) then return 'S' .. string.sub(raw, 1, 62) end
          px = string.format('%.0f', math.max(tonumber(px), redis.call('PTTL', KEYS[1])))
        end
        local head, err = write(KEYS[1], raw, 'L', ARGV[1], nil, fresh > 0 and later(fresh) or '', '', px)
        if err then return redis.error_reply(err) end
        return 'S' .. head
        """);

    /// <summary>Says for how many µs from now others shall wait for the load of a lease. ARGV: its head, the µs, channel or '', message.</summary>
    public static readonly Script Touch = new(Prelude + """
        local raw = read(KEYS[1])
        if not raw or string.sub(raw, 1, 62) ~= ARGV[1] then return 'R' end
        redis.call('SETRANGE', KEYS[1], '62', later(ARGV[2]))
        tell(ARGV[3], ARGV[4])
        return 'S' .. ARGV[1]
        """);

    /// <summary>Stores a load's value if the head is still the load's base. ARGV: base, nonce, ttl in µs, life in ms, envelope, channel or '', message.</summary>
    public static readonly Script Fill = new(Prelude + """
        local raw = read(KEYS[1])
        if not raw or string.sub(raw, 1, 62) ~= ARGV[1] then return 'R' end
        local head, err = write(KEYS[1], raw, 'V', ARGV[2], string.sub(ARGV[1], 4, 19) .. exactly, later(ARGV[3]), ARGV[5], ARGV[4])
        if err then return 'F' end
        tell(ARGV[6], ARGV[7])
        return 'S' .. head
        """);

    /// <summary>
    /// Sets and deletes. ARGV: not_after; for how many ms after a write nothing there means that nothing was there since, or '':
    /// the writes yield to nothing; what to do with a set in doubt, 'D' or 'S'; a tombstone's life in ms; channel or ''; the
    /// message without its end, which is the reply; the mark of the last clear where it is not the last of KEYS, or ''. Then for each key: nonce, as_of and span, of a set the ttl in ms where it
    /// is another than that of the set before; the envelope, of a delete ''. The reply is 'S', the time, and for each key 's' if it is stored
    /// as it was sent, with that time as its version, or else a letter and the head that stands there now.
    /// </summary>
    /// <remarks>
    /// Every record says when the call that wrote it began: at its as_of or up to its span later, for clocks are only known so well.
    /// A write that yields was called some time ago, and what others wrote since then
    /// wins: what is surely later than it stays, what is surely earlier goes, and where the clocks cannot tell there is
    /// a tombstone. What the same instance wrote before is earlier,
    /// for it keeps the order of each key, and what stands there already has arrived before; but where that was put over something
    /// that may be later than this write, nobody can tell either. A lease is no write and has no place in their order.
    /// Invariant: what a record was put over was called before its as_of. So a write of the same instance with a later as_of is later
    /// than all of it, and what is put over a record that may be later gets a later as_of.
    /// A value with a later number of the same instance is later: a crash can leave a write in the log that has arrived long ago.
    /// </remarks>
    public static readonly Script Write = new(Prelude + """
        local keys, argv, call_redis, sub = KEYS, ARGV, redis.pcall, string.sub
        if now > argv[1] then return 'L' .. now end
        local absence, in_doubt, life, channel = tonumber(argv[2]), argv[3], argv[4], argv[5]
        local young, mark, opening = absence and later(-1000 * absence), argv[7], stamp .. 'V'
        local ttl, till, px, node, value_of_node
        -- Whether nothing may have been at a key since a call: tombstones would stand there, or the mark of a clear.
        local function untouched(nonce, as_of)
          if as_of <= young then return false end
          if mark == '' then mark = read(keys[#keys]) or 'none' end
          if mark == 'none' then return true end
          if own(mark, nonce) then return as_of >= sub(mark, 37, 52) end
          return tonumber(as_of) > latest(mark)
        end
        -- Stores a set that need not look closer: over nothing, over an earlier write of its own instance, or, if it does not yield, over what is surely earlier.
        local function stores(key, call, envelope)
          local called, start = sub(call, 17), call_redis('GETRANGE', key, '0', '61')
          if called > now or type(start) ~= 'string' then return false end
          if start == '' then
            if absence and not untouched(call, sub(call, 17, 32)) then return false end
          else
            local found, own_node = sub(start, 37), sub(call, 1, 8)
            if start >= stamp or found > called then return false end
            if own_node ~= node then node, value_of_node = own_node, 'V' .. own_node end
            if sub(start, 20, 28) ~= value_of_node or sub(start, 21) >= call then
              local since, span = tonumber(sub(found, 1, 16)), tonumber(sub(found, 17))
              if absence or not since or not span or since + span >= tonumber(sub(called, 1, 16)) then return false end
            end
          end
          local set = call_redis('PSETEX', key, px, opening .. call .. till .. envelope)
          return type(set) ~= 'table' or not set.err
        end
        local function decide(op, raw, kind, nonce, as_of, span)
          if not raw then return untouched(nonce, as_of) and op or 'D' end
          if own(raw, nonce) then
            if sub(raw, 21, 36) == nonce then return 'A' end
            local ahead = tonumber(sub(raw, 29, 36), 16) - tonumber(sub(nonce, 9), 16)
            if kind == 'V' and ahead % 4294967296 < 2147483648 then return 'O' end
            return as_of >= sub(raw, 37, 52) and op or 'D'
          end
          if op == 'D' and kind ~= 'V' then return op end
          if as_of + span < tonumber(sub(raw, 37, 52)) then return 'O' end
          return op == 'S' and tonumber(as_of) <= latest(raw) and in_doubt or op
        end
        local function settle(key, call, envelope)
          local op, raw, kind = envelope == '' and 'D' or 'S', read(key)
          local nonce, as_of, span = sub(call, 1, 16), sub(call, 17, 32), sub(call, 33)
          -- A clock that was set back since would make what others call next look earlier than this.
          if as_of > now then as_of = now end
          local outcome = absence and decide(op, raw, kind, nonce, as_of, span) or op
          if outcome == 'A' then return (op == 'S' and 'S' or 'N') .. sub(raw, 1, 62) end
          if outcome == 'O' then return 'O' .. sub(raw, 1, 62) end
          local time = over(raw, nonce, as_of) .. span
          if outcome == 'S' then
            local head, full = write(key, raw, 'V', nonce, time, till, envelope, px)
            return (full and 'F' or 'S') .. head
          end
          return (live(raw, kind) and 'D' or 'N') .. write(key, raw, 'T', nonce, time, '', '', life)
        end
        local outcomes = {}
        for i = 1, (#argv - 7) / 2 do
          local key, call, envelope = keys[i], argv[2 * i + 6], argv[2 * i + 7]
          if #call > 42 then
            ttl, call = sub(call, 43), sub(call, 1, 42)
            till, px = later(1000 * ttl), string.format('%.0f', math.max(tonumber(ttl), tonumber(life)))
          end
          outcomes[i] = envelope ~= '' and stores(key, call, envelope) and 's' or settle(key, call, envelope)
        end
        local reply = 'S' .. now .. table.concat(outcomes)
        tell(channel, argv[6] .. reply)
        return reply
        """);

    /// <summary>
    /// Leaves a tombstone in the place of what is older than a record that was written before a failover, which has lost it. The
    /// tombstone is as old as the record: what was called after that, and is still to be replayed, is later. What the same instance
    /// wrote after it stays, however soon after.
    /// ARGV: the record's head, nonce, life in ms, channel or '', the message without its end, which is the reply.
    /// </summary>
    public static readonly Script Reassert = new(Prelude + """
        local raw, sub = read(KEYS[1]), string.sub
        local as_of = sub(ARGV[1], 37, 52)
        if raw then
          if own(raw, sub(ARGV[1], 21, 36)) then
            local ahead = tonumber(sub(raw, 29, 36), 16) - tonumber(sub(ARGV[1], 29, 36), 16)
            if ahead % 4294967296 < 2147483648 then return 'R' end
          elseif tonumber(sub(raw, 37, 52)) > latest(ARGV[1]) then
            return 'R'
          end
        end
        local head = write(KEYS[1], raw, 'T', ARGV[2], over(raw, ARGV[2], as_of < now and as_of or now) .. sub(ARGV[1], 53), '', '', ARGV[3])
        local reply = 'S' .. now .. (raw and 'D' or 'N') .. head
        tell(ARGV[4], ARGV[5] .. reply)
        return reply
        """);

    /// <summary>Deletes a lock that still is the caller's. ARGV: its token.</summary>
    public static readonly Script Unlock = new("""
        if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 'R' end
        redis.call('DEL', KEYS[1])
        return 'S'
        """);
}
