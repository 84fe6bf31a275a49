--[[
Writes a grant if it is still what the caller read (compare and set).

KEYS
  grant      string  what a user allowed an app to do: JSON
  successor  string  the newest refresh token, sealed

ARGV[1]
  expected   string?   the value that the caller read; left out for a new grant
  grant      string    JSON with a new random token, so an equal stored value was written by this call
  lifetime   positive  seconds for which the grant is kept
  successor  string?   the refresh token, sealed
  grace      positive  seconds for which `successor` is kept

Returns {code}
  OK     written now, or by an earlier attempt of this call
  MOVED  the value is no longer what the caller read
]]
local there = redis.call('GET', grant)
if there == args.grant then return {OK} end
if (there or nil) ~= args.expected then return {MOVED} end

-- From here on only writes.
redis.call('SET', grant, args.grant, 'EX', args.lifetime)
if args.successor then redis.call('SET', successor, args.successor, 'EX', args.grace) end
return {OK}
