-- Tries a code. KEYS: the code's place, the place of the misses in a row. ARGV: now (ms; negative: by the clock of
-- Redis), wrong tries allowed, how long misses are remembered (ms), then for each way in which the one who tries may
-- have asked: who that is, and the MAC of the try.
local now = tonumber(ARGV[1])
if now < 0 then
    local time = redis.call('TIME')
    now = time[1] * 1000 + math.floor(time[2] / 1000)
end
local kept = redis.call('HMGET', KEYS[1], 'mac', 'by', 'until', 'wrong')
local mac
for i = 4, #ARGV, 2 do
    if ARGV[i] == kept[2] then mac = ARGV[i + 1] end
end
if not mac then
    return 'none'
end
if tonumber(kept[3]) <= now then
    redis.call('DEL', KEYS[1])
    return 'expired'
end
if tonumber(kept[4]) >= tonumber(ARGV[2]) then
    redis.call('DEL', KEYS[1])
    return 'too many'
end
if mac == kept[1] then
    redis.call('DEL', KEYS[1], KEYS[2])
    return 'right'
end
redis.call('HINCRBY', KEYS[1], 'wrong', 1)
redis.call('INCR', KEYS[2])
redis.call('PEXPIRE', KEYS[2], ARGV[3])
return 'wrong'
