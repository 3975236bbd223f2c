-- Takes up to `want` from every rule or from none. A key is a list of "moment:count", the newest first, of what counts
-- against the rule; an entry counts until its moment + window.
-- KEYS: one a rule. ARGV: now (ms; negative: by the clock of Redis), want, hold (ms; how much later than now it may be
-- spent), then for each rule: limit, window (ms), grain (ms), shift (ms).
local now, want, hold = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
if now < 0 then
    local time = redis.call('TIME')
    now = time[1] * 1000 + math.floor(time[2] / 1000)
end
local function read(entry)
    local moment, count = string.match(entry, '^(%-?%d+):(%d+)$')
    return tonumber(moment), tonumber(count)
end

local granted, full, longest = want, nil, 0
local rules = {}
for i, key in ipairs(KEYS) do
    local limit, window = tonumber(ARGV[4 * i]), tonumber(ARGV[4 * i + 1])
    local grain, shift = tonumber(ARGV[4 * i + 2]), tonumber(ARGV[4 * i + 3])
    local entries = redis.call('LRANGE', key, 0, -1)
    local used, oldest = 0, nil
    for n = #entries, 1, -1 do
        local moment, count = read(entries[n])
        if not oldest and moment + window <= now then
            redis.call('RPOP', key)
        else
            used = used + count
            oldest = oldest or moment
        end
    end
    local left = math.max(limit - used, 0)
    granted = math.min(granted, left)
    local wait = (oldest or now) + window - now
    if left == 0 and wait > longest then
        full, longest = i, wait
    end
    rules[i] = { left = left, window = window, oldest = oldest, moment = now - (now + shift) % grain + hold }
end
if granted == 0 then
    return { 0, full - 1, 0, longest }
end

local tightest, least
for i, rule in ipairs(rules) do
    local newest = redis.call('LINDEX', KEYS[i], 0)
    local moment, count
    if newest then moment, count = read(newest) end
    if moment == rule.moment then
        redis.call('LSET', KEYS[i], 0, string.format('%d:%d', moment, count + granted))
    else
        redis.call('LPUSH', KEYS[i], string.format('%d:%d', rule.moment, granted))
    end
    redis.call('PEXPIRE', KEYS[i], math.max(rule.moment + rule.window - now, 1))
    if not least or rule.left < least then
        tightest, least = i, rule.left
    end
end
local rule = rules[tightest]
return { granted, tightest - 1, least - granted, (rule.oldest or rule.moment) + rule.window - now }
