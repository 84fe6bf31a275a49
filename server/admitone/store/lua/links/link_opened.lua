--[[
Notes once that a person moved, touched or typed on the page of a link.

KEYS
  link      hash read              the one-time link
  config    hash read              the workspace's configuration
  jobs      stream                 the partition's outbox
  activity  stream                 the workspace's activity
  counters  any for each of added  counters of reports
  rows      any for each of added  the rows of their names

ARGV[1]
  now        integer  epoch seconds
  workspace  string
  counted    string?  what the link has contributed to the counters, as the caller read it
  added      array    what is added to the counters (include/figures.lua)
  event      string   JSON

Returns {code}
  OK         noted
  NOT_FOUND  there is no link with this id
  UNCHANGED  it was noted before
  MOVED      the link has contributed something else to the counters
]]
-- include: figures
-- include: publish
-- include: audience

local page, opened, contributed = unpack(redis.call('HMGET', link, 'page', 'opened', 'counted'))
if not page then return {NOT_FOUND} end
if opened then return {UNCHANGED} end
if (contributed or nil) ~= args.counted then return {MOVED} end
local concerned = link_audience(config, link)
local counted = figures_to_add(rows, args.added)

-- From here on only writes.
publish(jobs, activity, args.workspace, args.event, concerned)
redis.call('HSET', link, 'opened', args.now)
add_figures(counters, rows, counted)
return {OK}
