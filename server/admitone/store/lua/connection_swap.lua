--[[
Writes a user's connection to Google if it is still what the caller read: compare and set.

KEYS[1] connection  string

ARGV[1]
  expected    string?   what the caller read; left out where there was none
  connection  string    JSON; it names a fresh random revision, so that one which is there already is this
                        call's

Returns {code}
  OK     written, or re-sent
  MOVED  something else is there, or nothing
]]
-- include: arguments
-- include: keys

local connection = unpack(KEYS)
local args = arguments { expected = 'string?', connection = 'string' }
expect_keys(1)
expect('string', connection)

local there = redis.call('GET', connection)
if there == args.connection then return {OK} end
if (there or nil) ~= args.expected then return {MOVED} end

-- From here on only writes.
redis.call('SET', connection, args.connection)
return {OK}
