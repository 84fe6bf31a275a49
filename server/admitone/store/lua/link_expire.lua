--[[
Says that a link has expired, once for each time that it does. Its state needs no write: it follows from the time.

KEYS[1] link       hash
KEYS[2] jobs       stream: the partition's outbox
KEYS[3] activity   stream: the workspace's activity

ARGV[1]
  now        integer   epoch seconds
  expires    integer   when it expired, as the caller read it
  workspace  string
  event      string    JSON

Returns {code}
  OK           said
  NOT_FOUND
  UNCHANGED    it was said before, or there is another end: it expires at another time, is booked or revoked
]]
-- include: arguments
-- include: keys
-- include: publish

local link, jobs, activity = unpack(KEYS)
local args = arguments { now = 'integer', expires = 'integer', workspace = 'string', event = 'string' }
expect_keys(3)
expect('hash', link)
expect_streams(jobs, activity)
if args.expires > args.now then error('it has not expired yet') end

local names = {'page', 'booked', 'revoked', 'expires', 'expired'}
local page, booked, revoked, expires, expired = unpack(redis.call('HMGET', link, unpack(names)))
if not page then return {NOT_FOUND} end
if booked or revoked or tonumber(expires or '') ~= args.expires or expired == expires then return {UNCHANGED} end

-- From here on only writes.
publish(jobs, activity, args.workspace, args.event)
redis.call('HSET', link, 'expired', args.expires)
return {OK}
