--[[
Writes configuration records, all of them or none, and increases the configuration counter. A picture that a record
names from now on is written with it, and one that it named before is deleted.

KEYS
  config     hash                      the workspace's configuration
  jobs       stream                    the partition's outbox
  activity   stream                    the workspace's activity
  operation  string                    the answer kept for this operation
  counts     hash if links             the workspace's counters
  picture    string if picture         the new picture
  replaced   string if replaces        the picture before it
  list       zset for each of records  ids of all records of the same kind

ARGV[1]
  now           integer   epoch seconds
  milliseconds  integer   epoch milliseconds; the new counter is at least this
  workspace     string
  claimed       integer?  epoch seconds, when the directory claim was made that a record depends on
  records       array     each {field, id, version, text?, created}: `version` is the one that the caller read, 0
                          for a new record; `text` is JSON, left out to delete; `created` is the score in `list`
  links         table?    {made, used}: the numbers of links created, and of links booked or revoked, at the time
                          when the caller counted the links that this write makes unavailable
  picture       string?   the bytes of the new picture, in base64
  replaces      boolean?  given if there is a picture to delete
  event         string    JSON
  operation     string    the answer to keep for this operation
  lifetime      positive  seconds for which the answer is kept

Returns {code, answer or counter}
  OK         written; comes with the new counter
  APPLIED    this operation was applied before; comes with the answer kept for it
  MOVED      a record is not of the version that the caller read; or there may be a link that this write
             makes unavailable and that the caller did not count
  UNCLAIMED  the claim is over a minute old, and another caller may have taken it over
]]
-- include: operation
-- include: counter
-- include: counters
-- include: publish
-- include: configuration

local CLAIM_LIFETIME = 60

if #args.records == 0 then error('there is no record') end
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
expect_counters(config, 'counter')
if args.links then expect_counters(counts, 'links', 'links_booked', 'links_revoked') end

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
local counter = next_counter(config, args.milliseconds)

-- From here on only writes.
publish(jobs, activity, args.workspace, args.event)
redis.call('HSET', config, 'counter', string.format('%.0f', counter))
for index, record in ipairs(args.records) do
  if record.text then
    redis.call('HSET', config, record.field, string.format('%.0f ', counter) .. record.text)
    redis.call('ZADD', list[index], 'NX', record.created, record.id)
  else
    redis.call('HDEL', config, record.field)
    redis.call('ZREM', list[index], record.id)
  end
end
if picture then redis.call('SET', picture, args.picture) end
if args.replaces then redis.call('DEL', replaced) end
remember(operation, args.operation, args.lifetime)
return {OK, counter}
