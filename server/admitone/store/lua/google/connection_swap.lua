--[[
Writes a user's connection to Google if it is still what the caller read (compare and set).

KEYS
  connection  string  the connection: JSON

ARGV[1]
  expected    string?  the value that the caller read; left out if there was none
  connection  string   JSON with a new random revision, so an equal stored value was written by this call

Returns {code}
  OK     written now, or by an earlier attempt of this call
  MOVED  the value is no longer what the caller read
]]
local there = redis.call('GET', connection)
if there == args.connection then return {OK} end
if (there or nil) ~= args.expected then return {MOVED} end

-- From here on only writes.
redis.call('SET', connection, args.connection)
return {OK}
