--[[
Asks for the mail with a booking's manage link, at most once for each link within `lifetime`.

Every call writes, whether there is a booking to mail about or not: who asks must not learn it from the time
that the answer takes.

KEYS[1] link        hash
KEYS[2] requested   string: that the link was asked for lately
KEYS[3] jobs        stream: the partition's outbox
KEYS[4] activity    stream: the workspace's activity
KEYS[5] counts      hash: the workspace's counters

ARGV[1]
  workspace  string
  event      string?   JSON; without it there is no booking to mail about
  lifetime   integer   the seconds in which there is one mail

Returns {code}
  OK          asked for, or only counted: there is no booking, or it was asked for lately
  NOT_FOUND
]]
-- include: arguments
-- include: keys
-- include: counters
-- include: publish

local link, requested, jobs, activity, counts = unpack(KEYS)
local args = arguments { workspace = 'string', event = 'string?', lifetime = 'integer' }
expect_keys(5)
expect('hash', link, counts)
expect('string', requested)
expect_streams(jobs, activity)
expect_counters(counts, 'manage_link_requests')
if args.lifetime <= 0 then error('lifetime is not positive') end

if redis.call('EXISTS', link) == 0 then return {NOT_FOUND} end
local is_new = args.event and redis.call('EXISTS', requested) == 0

-- From here on only writes.
count(counts, 'manage_link_requests', 1)
if is_new then
  publish(jobs, activity, args.workspace, args.event)
  redis.call('SET', requested, '1', 'EX', args.lifetime)
end
return {OK}
