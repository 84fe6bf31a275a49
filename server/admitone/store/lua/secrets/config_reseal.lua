--[[
Writes a configuration record whose secret was sealed again, and increases the configuration counter, so that no
caller writes the record back as it was. There is no activity entry: the meaning of the record is the same.

KEYS
  holder  hash  the workspace's configuration

ARGV[1]
  field         string
  milliseconds  integer   epoch milliseconds; the new counter is at least this
  version       positive  the version that the caller read
  text          string    the new JSON; sealing is random, so an equal stored value was written by this call

Returns {code}
  OK     written now, or by an earlier attempt of this call
  MOVED  the record is not of the version that the caller read
]]
-- include: counter
-- include: counters
-- include: configuration

expect_counters(holder, 'counter')

local there = redis.call('HGET', holder, args.field)
if there and there:match('^%d+ (.*)$') == args.text then return {OK} end
if version_of(holder, args.field) ~= args.version then return {MOVED} end
local counter = next_counter(holder, args.milliseconds)

-- From here on only writes.
redis.call('HSET', holder, 'counter', string.format('%.0f', counter))
redis.call('HSET', holder, args.field, string.format('%.0f ', counter) .. args.text)
return {OK}
