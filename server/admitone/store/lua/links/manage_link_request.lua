--[[
Requests the mail with the manage link of a booking, at most once within `lifetime` for each one-time link.

Every call writes, with or without a booking: the time of the answer must not reveal whether there is a booking.

KEYS
  link       hash read  the one-time link
  config     hash read  the workspace's configuration
  requested  string     exists for `lifetime` after a request
  jobs       stream     the partition's outbox
  activity   stream     the workspace's activity
  counts     hash read  the workspace's counters

ARGV[1]
  workspace  string
  event      string?   JSON; left out if there is no booking to mail about
  lifetime   positive  seconds within which one mail is sent

Returns {code}
  OK         requested; or only counted, if there is no booking or a request within `lifetime`
  NOT_FOUND  there is no link with this id
]]
-- include: counters
-- include: publish
-- include: audience

expect_counters(counts, 'manage_link_requests')

if redis.call('HEXISTS', link, 'page') == 0 then return {NOT_FOUND} end
local is_new = args.event and redis.call('EXISTS', requested) == 0
local concerned = link_audience(config, link)

-- From here on only writes.
count(counts, 'manage_link_requests', 1)
if is_new then
  publish(jobs, activity, args.workspace, args.event, concerned)
  redis.call('SET', requested, '1', 'EX', args.lifetime)
end
return {OK}
