--[[
Notes that a link was fetched, by a person or by a mail scanner. This is telemetry: the state of the link stays.

KEYS
  link  hash  the one-time link

ARGV[1]
  now   integer  epoch seconds
  most  integer  the highest count

Returns {code}
  OK         noted
  NOT_FOUND  there is no link with this id
]]
-- include: counters

expect_counters(link, 'fetches')

if redis.call('HEXISTS', link, 'page') == 0 then return {NOT_FOUND} end
local fetches = tonumber(redis.call('HGET', link, 'fetches') or '0')

-- From here on only writes.
if fetches == 0 then redis.call('HSET', link, 'fetched', args.now) end
if fetches < args.most then count(link, 'fetches', 1) end
return {OK}
