--[[
Writes an item of a list that was sealed again, if the list still has the item.

KEYS
  holder  list  the list

ARGV[1]
  expected  string  the value that the caller read
  sealed    string  the new value; sealing is random, so an equal stored value was written by this call

Returns {code}
  OK     written now, or by an earlier attempt of this call
  MOVED  the list no longer has the item
]]
if redis.call('LPOS', holder, args.sealed) then return {OK} end
local place = redis.call('LPOS', holder, args.expected)
if not place then return {MOVED} end

-- From here on only writes.
redis.call('LSET', holder, place, args.sealed)
return {OK}
