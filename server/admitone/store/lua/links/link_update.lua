--[[
Changes the settings of a link: its expiry, its note, and what a cancellation does to it (`on_cancel`).

KEYS
  link       hash    the one-time link
  config     hash    the workspace's configuration
  history    list    events of the link, oldest first
  jobs       stream  the partition's outbox
  activity   stream  the workspace's activity
  operation  string  the answer kept for this operation

ARGV[1]
  workspace  string
  set        pairs     fields to write: name, value, …
  unset      strings   names of fields to remove
  event      string    JSON
  operation  string    the answer to keep for this operation
  lifetime   positive  seconds for which the answer is kept

Returns {code, answer}
  OK         changed
  APPLIED    this operation was applied before; comes with the answer kept for it
  NOT_FOUND  there is no link with this id
]]
-- include: operation
-- include: publish
-- include: audience
-- include: history

local before = applied(operation)
if before then return {APPLIED, before} end
if redis.call('HEXISTS', link, 'page') == 0 then return {NOT_FOUND} end
local concerned = link_audience(config, link)

-- From here on only writes.
publish(jobs, activity, args.workspace, args.event, concerned)
if #args.set > 0 then redis.call('HSET', link, unpack(args.set)) end
if #args.unset > 0 then redis.call('HDEL', link, unpack(args.unset)) end
append_event(history, args.event)
remember(operation, args.operation, args.lifetime)
return {OK, args.operation}
