--[[
Writes a text sealed anew if it is still what the caller read: compare and set.

KEYS[1] text  string

ARGV[1]
  expected  string   what the caller read
  sealed    string   the same, sealed anew, which is so at random that one which is there already is this call's

Returns {code}
  OK     written, or re-sent; its time to live stays
  MOVED  something else is there, or nothing
]]
-- include: arguments
-- include: keys

local text = unpack(KEYS)
local args = arguments { expected = 'string', sealed = 'string' }
expect_keys(1)
expect('string', text)

local there = redis.call('GET', text)
if there == args.sealed then return {OK} end
if there ~= args.expected then return {MOVED} end

-- From here on only writes.
redis.call('SET', text, args.sealed, 'KEEPTTL')
return {OK}
