--[[
Lifts a revocation; frees a booked link all of whose bookings are cancelled.

KEYS[1] link        hash
KEYS[2] history     list: what happened to the link
KEYS[3] jobs        stream: the partition's outbox
KEYS[4] activity    stream: the workspace's activity
KEYS[5] counts      hash: the workspace's counters
KEYS[6] operation   string: what this operation answered
KEYS[7…] booking    hash: each of `bookings`, in their order

ARGV[1]
  workspace  string
  bookings   table     ids of the link's bookings, as the caller read them
  event      string    JSON
  operation  string    what to answer to the same operation
  lifetime   integer   for how many seconds

Returns {code, answer}
  OK            active again, as far as its own state goes
  APPLIED       this operation was applied before; with what was kept of it
  NOT_FOUND
  MOVED         the link has another booking since the caller read it
  LINK_BOOKED   one of its bookings is not cancelled
  UNCHANGED     there was nothing to lift
]]
-- include: arguments
-- include: keys
-- include: operation
-- include: counters
-- include: publish
-- include: link

local link, history, jobs, activity, counts, operation = unpack(KEYS)
local FIRST_BOOKING = 7

local args = arguments {
  workspace = 'string', bookings = 'table', event = 'string', operation = 'string', lifetime = 'integer',
}
strings('bookings', args.bookings)
expect_keys(FIRST_BOOKING - 1 + #args.bookings)
expect('hash', link, counts, unpack(KEYS, FIRST_BOOKING))
expect('list', history)
expect('string', operation)
expect_streams(jobs, activity)
expect_counters(counts, 'links_revoked', 'links_booked')
if args.lifetime <= 0 then error('lifetime is not positive') end

local before = applied(operation)
if before then return {APPLIED, before} end
local page, booked, revoked = unpack(redis.call('HMGET', link, 'page', 'booked', 'revoked'))
if not page then return {NOT_FOUND} end
local bookings = bookings_of(link)
if bookings ~= table.concat(args.bookings, ',') then return {MOVED} end
if booked then
  for index = 1, #args.bookings do
    if redis.call('HGET', KEYS[FIRST_BOOKING + index - 1], 'status') ~= 'cancelled' then return {LINK_BOOKED} end
  end
end
if not booked and not revoked then return {UNCHANGED} end

-- From here on only writes.
publish(jobs, activity, args.workspace, args.event)
redis.call('HDEL', link, 'booked', 'revoked')
if booked then redis.call('HSET', link, 'earlier', bookings) end
redis.call('RPUSH', history, args.event)
if booked then count(counts, 'links_booked', -1) end
if revoked then count(counts, 'links_revoked', -1) end
remember(operation, args.operation, args.lifetime)
return {OK, args.operation}
