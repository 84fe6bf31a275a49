--[[
Changes a link's own settings: when it expires, its note, what cancelling does.

KEYS[1] link        hash
KEYS[2] history     list: what happened to the link
KEYS[3] jobs        stream: the partition's outbox
KEYS[4] activity    stream: the workspace's activity
KEYS[5] operation   string: what this operation answered

ARGV[1]
  workspace  string
  set        table     fields to write: name, value, …
  unset      table     names of fields to remove
  event      string    JSON
  operation  string    what to answer to the same operation
  lifetime   integer   for how many seconds

Returns {code, answer}
  OK          changed
  APPLIED     this operation was applied before; with what was kept of it
  NOT_FOUND
]]
-- include: arguments
-- include: keys
-- include: operation
-- include: publish

local link, history, jobs, activity, operation = unpack(KEYS)

local args = arguments {
  workspace = 'string', set = 'table', unset = 'table', event = 'string', operation = 'string', lifetime = 'integer',
}
strings('set', args.set, true)
strings('unset', args.unset)
expect_keys(5)
expect('hash', link)
expect('list', history)
expect('string', operation)
expect_streams(jobs, activity)
if args.lifetime <= 0 then error('lifetime is not positive') end

local before = applied(operation)
if before then return {APPLIED, before} end
if redis.call('EXISTS', link) == 0 then return {NOT_FOUND} end

-- From here on only writes.
publish(jobs, activity, args.workspace, args.event)
if #args.set > 0 then redis.call('HSET', link, unpack(args.set)) end
if #args.unset > 0 then redis.call('HDEL', link, unpack(args.unset)) end
redis.call('RPUSH', history, args.event)
remember(operation, args.operation, args.lifetime)
return {OK, args.operation}
