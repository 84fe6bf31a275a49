--[[
Withdraws a link that is neither booked, nor revoked, nor expired.

KEYS[1] link        hash
KEYS[2] history     list: what happened to the link
KEYS[3] jobs        stream: the partition's outbox
KEYS[4] activity    stream: the workspace's activity
KEYS[5] counts      hash: the workspace's counters
KEYS[6] operation   string: what this operation answered

ARGV[1]
  now        integer   epoch seconds
  workspace  string
  event      string    JSON
  operation  string    what to answer to the same operation
  lifetime   integer   for how many seconds

Returns {code, answer}
  OK             revoked
  APPLIED        this operation was applied before; with what was kept of it
  NOT_FOUND
  LINK_BOOKED
  LINK_REVOKED   it was already, and stays as it is
  LINK_EXPIRED   it has expired, and stays as it is
]]
-- include: arguments
-- include: keys
-- include: operation
-- include: counters
-- include: publish
-- include: link

local link, history, jobs, activity, counts, operation = unpack(KEYS)

local args = arguments {
  now = 'integer', workspace = 'string', event = 'string', operation = 'string', lifetime = 'integer',
}
expect_keys(6)
expect('hash', link, counts)
expect('list', history)
expect('string', operation)
expect_streams(jobs, activity)
expect_counters(counts, 'links_revoked')
if args.lifetime <= 0 then error('lifetime is not positive') end

local before = applied(operation)
if before then return {APPLIED, before} end
local refusal = link_refusal(link, args.now)
if refusal then return {refusal} end

-- From here on only writes.
publish(jobs, activity, args.workspace, args.event)
redis.call('HSET', link, 'revoked', args.now)
redis.call('RPUSH', history, args.event)
count(counts, 'links_revoked', 1)
remember(operation, args.operation, args.lifetime)
return {OK, args.operation}
