--[[
Writes configuration records, all of them or none, and increases the configuration counter. A picture that a record
names from now on is written with it, and one that it named before is deleted.

KEYS
  config     hash                      the workspace's configuration
  jobs       stream                    the partition's outbox
  activity   stream                    the workspace's activity
  operation  string                    the answer kept for this operation
  counts     hash if links             the workspace's counters
  recent     zset if rate              recent writes of this kind
  recipient  zset if recipient_rate    recent writes of this kind for one recipient
  audit      stream if audit           the workspace's audit log
  picture    string if picture         the new picture
  replaced   string if replaces        the picture before it
  list       zset for each of records  ids of all records of the same kind

ARGV[1]
  now             integer   epoch seconds
  milliseconds    integer   epoch milliseconds; the new counter is at least this
  workspace       string
  claimed         integer?  epoch seconds, when the directory claim was made that a record depends on
  records         array     each {field, id, version, text?, created}: `version` is the one that the caller read, 0
                            for a new record; `text` is JSON, left out to delete; `created` is the score in `list`
  first           id        the id of the first record, by which the rates count this write
  links           table?    {made, used}: the numbers of links created, and of links booked or revoked, at the time
                            when the caller counted the links that this write makes unavailable
  ends            boolean?  the write ends something (a record, a user's access), so a full Redis lets it pass
  rate            table?    {most, period}: so many writes of this kind within so many seconds
  recipient_rate  table?    the same, for one recipient
  event           string    JSON
  audit           table?    {entry, oldest}: the entry of the audit log, JSON, and the epoch milliseconds before which
                            entries end; left out for records whose changes are not entered
  picture         string?   the bytes of the new picture, in base64
  replaces        boolean?  given if there is a picture to delete
  operation       string    the answer to keep for this operation
  lifetime        positive  seconds for which the answer is kept

Returns {code, answer or counter}
  OK         written; comes with the new counter
  APPLIED    this operation was applied before; comes with the answer kept for it
  MOVED      a record is not of the version that the caller read; or there may be a link that this write
             makes unavailable and that the caller did not count
  TOO_MANY   there were as many writes as a rate allows; comes with the seconds to wait
  UNCLAIMED  the claim is over a minute old, and another caller may have taken it over
]]
-- include: operation
-- include: counter
-- include: counters
-- include: publish
-- include: audience
-- include: configuration
-- include: full
-- include: rate
-- include: audit

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
if args.rate then expect_rate(args.rate) end
if args.recipient_rate then expect_rate(args.recipient_rate) end
if args.audit then expect_audit(args.audit) end
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
local wait = args.rate and wait_for(recent, args.rate, args.now)
  or args.recipient_rate and wait_for(recipient, args.recipient_rate, args.now)
if wait then return {TOO_MANY, string.format('%.0f', wait)} end
local counter = next_counter(config, args.milliseconds)
-- A change of a page or a user concerns that user.
local owners = {}
for _, record in ipairs(args.records) do
  local kind, id = record.field:match('^([^:]*):(.*)')
  if kind == 'user' then owners[#owners + 1] = id end
  if kind == 'booking_page' then
    owners[#owners + 1] = owner_of(config, id) or false
    owners[#owners + 1] = owner_in(record.text) or false
  end
end
local concerned = audience(owners)

-- From here on only writes.
if args.ends then pass_when_full(operation) end
publish(jobs, activity, args.workspace, args.event, concerned)
if args.audit then write_audit(audit, args.audit) end
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
if args.rate then note(recent, args.rate, args.now, args.first) end
if args.recipient_rate then note(recipient, args.recipient_rate, args.now, args.first) end
if picture then redis.call('SET', picture, args.picture) end
if args.replaces then redis.call('DEL', replaced) end
remember(operation, args.operation, args.lifetime)
return {OK, counter}
