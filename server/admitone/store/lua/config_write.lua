--[[
Writes configuration records, all or none, and bumps the configuration's counter.

KEYS[1] config      hash: the workspace's configuration
KEYS[2] jobs        stream: the partition's outbox
KEYS[3] activity    stream: the workspace's activity
KEYS[4] operation   string: what this operation answered
KEYS[5] counts      hash: the workspace's counters; unused without `links`
KEYS[6…] list       zset: the ids of the kind of each of `records`, in their order

ARGV[1]
  now        integer   epoch seconds
  workspace  string
  claimed    integer?  when the directory claim was made that a record depends on, epoch seconds
  records    table     for each {field, id, version, text?, created}: `version` is the one that the caller read
                       and 0 for a new record, `text` JSON, left out to delete, `created` its place in the list
  links      table?    {made, used}: how many links there were, and how many of them booked or revoked, when
                       those that this would break were counted
  event      string    JSON
  operation  string    what to answer to the same operation
  lifetime   integer   for how many seconds

Returns {code, answer or counter}
  OK          written; with the new counter
  APPLIED     this operation was applied before; with what was kept of it
  MOVED       a record is not, or no longer, of the version that the caller read; or there is a link that may
              be broken by this and was not counted
  UNCLAIMED   the claim is over a minute old, and somebody else may have it
]]
-- include: arguments
-- include: keys
-- include: operation
-- include: counters
-- include: publish
-- include: configuration

local CLAIM_LIFETIME = 60
local config, jobs, activity, operation, counts = unpack(KEYS, 1, 5)
local FIRST_LIST = 6

local args = arguments {
  now = 'integer', workspace = 'string', claimed = 'integer?', records = 'table', links = 'table?',
  event = 'string', operation = 'string', lifetime = 'integer',
}
array('records', args.records)
if #args.records == 0 then error('there is no record') end
expect_keys(FIRST_LIST - 1 + #args.records)
for _, record in ipairs(args.records) do
  if not record.field or not record.id then error('a record is incomplete') end
  strings('a record', {record.field, record.id, record.text})
  integer('a version', record.version)
  integer('a time', record.created)
end
if args.links then
  integer('made', args.links.made)
  integer('used', args.links.used)
end
expect('hash', config, counts)
expect('string', operation)
expect('zset', unpack(KEYS, FIRST_LIST))
expect_streams(jobs, activity)
expect_counters(config, 'counter')
expect_counters(counts, 'links', 'links_booked', 'links_revoked')
if args.lifetime <= 0 then error('lifetime is not positive') end

local before = applied(operation)
if before then return {APPLIED, before} end
if args.claimed and args.now - args.claimed > CLAIM_LIFETIME then return {UNCLAIMED} end
for _, record in ipairs(args.records) do
  if version_of(config, record.field) ~= record.version then return {MOVED} end
end
if args.links then
  local made, booked, revoked = unpack(redis.call('HMGET', counts, 'links', 'links_booked', 'links_revoked'))
  local used = tonumber(booked or '0') + tonumber(revoked or '0')
  if tonumber(made or '0') ~= args.links.made or used < args.links.used then return {MOVED} end
end

-- From here on only writes.
publish(jobs, activity, args.workspace, args.event)
local counter = redis.call('HINCRBY', config, 'counter', 1)
for index, record in ipairs(args.records) do
  if record.text then
    redis.call('HSET', config, record.field, string.format('%.0f ', counter) .. record.text)
    redis.call('ZADD', KEYS[FIRST_LIST + index - 1], 'NX', record.created, record.id)
  else
    redis.call('HDEL', config, record.field)
    redis.call('ZREM', KEYS[FIRST_LIST + index - 1], record.id)
  end
end
remember(operation, args.operation, args.lifetime)
return {OK, counter}
