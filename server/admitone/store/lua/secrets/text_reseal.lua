--[[
Writes a text that was sealed again, if it is still what the caller read (compare and set).

KEYS
  holder  string  the sealed text

ARGV[1]
  expected  string  the value that the caller read
  sealed    string  the new value; sealing is random, so an equal stored value was written by this call

Returns {code}
  OK     written now, or by an earlier attempt of this call; the time to live stays
  MOVED  the value is no longer what the caller read
]]
local there = redis.call('GET', holder)
if there == args.sealed then return {OK} end
if there ~= args.expected then return {MOVED} end

-- From here on only writes.
redis.call('SET', holder, args.sealed, 'KEEPTTL')
return {OK}
