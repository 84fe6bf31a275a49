--[[
Writes a field that was sealed again, if its value is still what the caller read (compare and set).

KEYS
  holder  hash  the record that has the field

ARGV[1]
  field     string
  expected  string  the value that the caller read
  sealed    string  the new value; sealing is random, so an equal stored value was written by this call

Returns {code}
  OK     written now, or by an earlier attempt of this call
  MOVED  the value is no longer what the caller read
]]
local there = redis.call('HGET', holder, args.field)
if there == args.sealed then return {OK} end
if there ~= args.expected then return {MOVED} end

-- From here on only writes.
redis.call('HSET', holder, args.field, args.sealed)
return {OK}
