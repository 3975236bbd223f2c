-- Keeps a code, and no other for the same purpose and telephone beside it.
-- KEYS: the code's place. ARGV: now (ms; negative: by the clock of Redis), life (ms), how long it is told apart from
-- one that never was (ms), its MAC, who asked for it.
local now = tonumber(ARGV[1])
if now < 0 then
    local time = redis.call('TIME')
    now = time[1] * 1000 + math.floor(time[2] / 1000)
end
redis.call('DEL', KEYS[1])
redis.call('HSET', KEYS[1], 'mac', ARGV[4], 'by', ARGV[5], 'until', string.format('%d', now + ARGV[2]), 'wrong', 0)
redis.call('PEXPIRE', KEYS[1], ARGV[3])
return 1
