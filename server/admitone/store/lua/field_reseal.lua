--[[
Writes a field sealed anew if it is still what the caller read: compare and set.

KEYS[1] record  hash

ARGV[1]
  field     string
  expected  string   what the caller read
  sealed    string   the same, sealed anew, which is so at random that one which is there already is this call's

Returns {code}
  OK     written, or re-sent
  MOVED  something else is there, or nothing
]]
-- include: arguments
-- include: keys

local record = unpack(KEYS)
local args = arguments { field = 'string', expected = 'string', sealed = 'string' }
expect_keys(1)
expect('hash', record)

local there = redis.call('HGET', record, args.field)
if there == args.sealed then return {OK} end
if there ~= args.expected then return {MOVED} end

-- From here on only writes.
redis.call('HSET', record, args.field, args.sealed)
return {OK}
