--[[
Moves a booking to another start with the same hosts, or refuses and writes nothing.

KEYS[1] config          hash: the workspace's configuration
KEYS[2] booking         hash: what changes of the booking
KEYS[3] history         list: what happened to the booking
KEYS[4] jobs            stream: the partition's outbox
KEYS[5] activity        stream: the workspace's activity
KEYS[6] counts          hash: the workspace's counters
KEYS[7] bookings        zset: bookings by start
KEYS[8] page bookings   zset: the page's bookings by start
KEYS[9] operation       string: what this operation answered
KEYS[10…] occupied      zset: occupied time of each of `users`, in their order

ARGV[1]
  workspace   string
  booking     string
  sequence    integer   the booking's SEQUENCE (RFC 5546) that the caller decided upon
  users       table     its users, as the caller read them
  slot        table     {start, end, before, after, event_type}: epoch seconds, seconds of buffer
  limits      table?    for each of `users` an array of {from, to, most}
  by_customer boolean   whether this counts as one of the customer's reschedules
  counter     integer   the configuration's counter that the caller read
  uses        table     {field = version} of the configuration records that the caller used
  event       string    JSON
  operation   string    what to answer to the same operation
  lifetime    integer   for how many seconds

Returns {code, answer}
  OK          moved
  APPLIED     this operation was applied before; with what was kept of it
  NOT_FOUND   there is no such booking
  MOVED       the booking or a configuration record has changed since the caller read it
  TAKEN       one of the users is not free
]]
-- include: arguments
-- include: keys
-- include: operation
-- include: counters
-- include: publish
-- include: configuration
-- include: occupied
-- include: booking

local config, booking, history, jobs, activity, counts, bookings, page_bookings, operation = unpack(KEYS)
local FIRST_OCCUPIED = 10

local args = arguments {
  workspace = 'string', booking = 'string', sequence = 'integer', users = 'table', slot = 'table',
  limits = 'table?', by_customer = 'boolean', counter = 'integer', uses = 'table', event = 'string',
  operation = 'string', lifetime = 'integer',
}
local slot = args.slot
strings('users', args.users)
expect_slot(slot)
expect_limits(args.limits, #args.users)
expect_keys(FIRST_OCCUPIED - 1 + #args.users)
expect('hash', config, booking, counts)
expect('list', history)
expect('string', operation)
expect('zset', bookings, page_bookings, unpack(KEYS, FIRST_OCCUPIED))
expect_streams(jobs, activity)
expect_counters(counts, 'reschedules')
expect_counters(booking, 'reschedules')
if args.lifetime <= 0 then error('lifetime is not positive') end

local before = applied(operation)
if before then return {APPLIED, before} end
local there, refusal = live_booking(booking, args.sequence, args.users)
if refusal then return {refusal} end
expect_occupied(args.booking, there, FIRST_OCCUPIED)
if slot.event_type ~= there.event_type then error('a booking keeps its event type') end
if has_moved(config, args.counter, args.uses) then return {MOVED} end
for index = 1, #args.users do
  local occupied = KEYS[FIRST_OCCUPIED + index - 1]
  local fits = is_free(occupied, slot, args.booking)
    and within_limits(occupied, slot.event_type, (args.limits or {})[index], args.booking)
  if not fits then return {TAKEN} end
end

-- From here on only writes.
publish(jobs, activity, args.workspace, args.event)
for index = 1, #args.users do
  local occupied = KEYS[FIRST_OCCUPIED + index - 1]
  redis.call('ZREM', occupied, occupied_member(args.booking, there))
  redis.call('ZADD', occupied, slot.start, occupied_member(args.booking, slot))
end
redis.call('HSET', booking, 'status', 'rescheduled', 'start', slot.start, 'end', slot['end'], 'before', slot.before,
  'after', slot.after, 'sequence', args.sequence + 1)
if args.by_customer then count(booking, 'reschedules', 1) end
redis.call('RPUSH', history, args.event)
redis.call('ZADD', bookings, slot.start, args.booking)
redis.call('ZADD', page_bookings, slot.start, args.booking)
count(counts, 'reschedules', 1)
remember(operation, args.operation, args.lifetime)
return {OK, args.operation}
