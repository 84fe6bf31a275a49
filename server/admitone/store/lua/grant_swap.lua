--[[
Writes a grant if it is still what the caller read: compare and set.

KEYS[1] grant       string
KEYS[2] successor   string: the refresh token that has just followed another, sealed

ARGV[1]
  expected   string?   what the caller read; left out for a new grant
  grant      string    JSON; it names a fresh random token, so that one which is there already is this call's
  lifetime   integer   for how many seconds
  successor  string?   sealed
  grace      integer   for how many seconds the successor is kept

Returns {code}
  OK      written, or re-sent
  MOVED   something else is there, or nothing
]]
-- include: arguments
-- include: keys

local grant, successor = unpack(KEYS)
local args = arguments {
  expected = 'string?', grant = 'string', lifetime = 'integer', successor = 'string?', grace = 'integer',
}
expect_keys(2)
expect('string', grant, successor)
if args.lifetime <= 0 or args.grace <= 0 then error('a lifetime is not positive') end

local there = redis.call('GET', grant)
if there == args.grant then return {OK} end
if (there or nil) ~= args.expected then return {MOVED} end

-- From here on only writes.
redis.call('SET', grant, args.grant, 'EX', args.lifetime)
if args.successor then redis.call('SET', successor, args.successor, 'EX', args.grace) end
return {OK}
