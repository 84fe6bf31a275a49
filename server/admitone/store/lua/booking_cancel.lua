--[[
Cancels a booking and frees its hosts' time; its link stays booked, unless it is to be active again.

KEYS[1] booking      hash: what changes of the booking
KEYS[2] history      list: what happened to the booking
KEYS[3] jobs         stream: the partition's outbox
KEYS[4] activity     stream: the workspace's activity
KEYS[5] counts       hash: the workspace's counters
KEYS[6] operation    string: what this operation answered
KEYS[7] link         hash: the one-time link that the booking came by; unused without `link`
KEYS[8] turns        hash: what users have had of the page and event type; booking pages keep none
KEYS[9…] occupied    zset: occupied time of each of `users`, in their order

ARGV[1]
  now        integer   epoch seconds
  workspace  string
  booking    string
  link       string?   the one-time link's id
  sequence   integer   the booking's SEQUENCE (RFC 5546) that the caller decided upon
  users      table     its users, as the caller read them
  event      string    JSON
  operation  string    what to answer to the same operation
  lifetime   integer   for how many seconds

Returns {code, answer}
  OK          cancelled
  APPLIED     this operation was applied before; with what was kept of it
  NOT_FOUND   there is no such booking
  MOVED       the booking has changed since the caller read it
]]
-- include: arguments
-- include: keys
-- include: operation
-- include: counters
-- include: publish
-- include: occupied
-- include: booking
-- include: tally
-- include: ending
-- include: link

local booking, history, jobs, activity, counts, operation, link, turns = unpack(KEYS, 1, 8)
local FIRST_OCCUPIED = 9

local args = arguments {
  now = 'integer', workspace = 'string', booking = 'string', link = 'string?', sequence = 'integer',
  users = 'table', event = 'string', operation = 'string', lifetime = 'integer',
}
strings('users', args.users)
expect_keys(FIRST_OCCUPIED - 1 + #args.users)
expect('hash', booking, counts, turns)
expect('list', history)
expect('string', operation)
expect('zset', unpack(KEYS, FIRST_OCCUPIED))
expect_streams(jobs, activity)
expect_counters(counts, 'cancelled', 'links_booked')
if args.link then expect('hash', link) end
if args.lifetime <= 0 then error('lifetime is not positive') end

local before = applied(operation)
if before then return {APPLIED, before} end
local there, refusal = live_booking(booking, args.sequence, args.users)
if refusal then return {refusal} end
expect_occupied(args.booking, there, FIRST_OCCUPIED)
local reactivates = args.link and args.now < there.start and reactivates_on_cancel(link, args.booking, args.now)
local bookings = reactivates and bookings_of(link)
local changes = there.pages and tallied(turns, args.users, 'cancelled') or {}
strings('changes', changes, true)

-- From here on only writes.
publish(jobs, activity, args.workspace, args.event)
write_ended(booking, 'cancelled', history, counts, turns, args, there, changes, FIRST_OCCUPIED)
if reactivates then
  redis.call('HDEL', link, 'booked')
  redis.call('HSET', link, 'earlier', bookings)
  count(counts, 'links_booked', -1)
end
remember(operation, args.operation, args.lifetime)
return {OK, args.operation}
