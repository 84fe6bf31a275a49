--[[
Writes an item of a list sealed anew, if it is still there.

KEYS[1] items  list

ARGV[1]
  expected  string   what the caller read
  sealed    string   the same, sealed anew, which is so at random that one which is there already is this call's

Returns {code}
  OK     written, or re-sent
  MOVED  it is not there any more
]]
-- include: arguments
-- include: keys

local items = unpack(KEYS)
local args = arguments { expected = 'string', sealed = 'string' }
expect_keys(1)
expect('list', items)

if redis.call('LPOS', items, args.sealed) then return {OK} end
local place = redis.call('LPOS', items, args.expected)
if not place then return {MOVED} end

-- From here on only writes.
redis.call('LSET', items, place, args.sealed)
return {OK}
