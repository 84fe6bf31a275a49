--[[
Notes that a person moved, touched or typed on a link's page, once.

KEYS[1] link       hash
KEYS[2] jobs       stream: the partition's outbox
KEYS[3] activity   stream: the workspace's activity

ARGV[1]
  now        integer   epoch seconds
  workspace  string
  event      string    JSON

Returns {code}
  OK          noted
  NOT_FOUND
  UNCHANGED   it was opened before
]]
-- include: arguments
-- include: keys
-- include: publish

local link, jobs, activity = unpack(KEYS)
local args = arguments { now = 'integer', workspace = 'string', event = 'string' }
expect_keys(3)
expect('hash', link)
expect_streams(jobs, activity)

if redis.call('EXISTS', link) == 0 then return {NOT_FOUND} end
if redis.call('HEXISTS', link, 'opened') == 1 then return {UNCHANGED} end

-- From here on only writes.
publish(jobs, activity, args.workspace, args.event)
redis.call('HSET', link, 'opened', args.now)
return {OK}
