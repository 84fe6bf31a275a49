--[[
Notes that a link was fetched, by a person or a mail scanner: telemetry, which changes nothing of the link's state.

KEYS[1] link   hash

ARGV[1]
  now    integer   epoch seconds
  most   integer   the count stops here

Returns {code}
  OK
  NOT_FOUND
]]
-- include: arguments
-- include: keys
-- include: counters

local link = KEYS[1]
local args = arguments { now = 'integer', most = 'integer' }
expect_keys(1)
expect('hash', link)
expect_counters(link, 'fetches')

if redis.call('EXISTS', link) == 0 then return {NOT_FOUND} end
local fetches = tonumber(redis.call('HGET', link, 'fetches') or '0')

-- From here on only writes.
if fetches == 0 then redis.call('HSET', link, 'fetched', args.now) end
if fetches < args.most then count(link, 'fetches', 1) end
return {OK}
