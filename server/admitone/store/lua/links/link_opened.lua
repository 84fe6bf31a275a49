--[[
Notes once that a person moved, touched or typed on the page of a link.

KEYS
  link      hash    the one-time link
  config    hash    the workspace's configuration
  jobs      stream  the partition's outbox
  activity  stream  the workspace's activity

ARGV[1]
  now        integer  epoch seconds
  workspace  string
  event      string   JSON

Returns {code}
  OK         noted
  NOT_FOUND  there is no link with this id
  UNCHANGED  it was noted before
]]
-- include: publish
-- include: audience

if redis.call('HEXISTS', link, 'page') == 0 then return {NOT_FOUND} end
if redis.call('HEXISTS', link, 'opened') == 1 then return {UNCHANGED} end
local concerned = link_audience(config, link)

-- From here on only writes.
publish(jobs, activity, args.workspace, args.event, concerned)
redis.call('HSET', link, 'opened', args.now)
return {OK}
