--[[
Moves a booking to another start with the same hosts. If it refuses, it writes nothing.

KEYS
  config         hash read                    the workspace's configuration
  booking        hash read                    the part of the booking that changes
  history        list                         events of the booking, oldest first
  jobs           stream                       the partition's outbox
  activity       stream                       the workspace's activity
  counts         hash read                    the workspace's counters
  bookings       zset                         bookings by start
  page_bookings  zset                         the page's bookings by start
  operation      string read                  the answer kept for this operation
  link           hash read if link            the one-time link that the booking came by
  occupied       zset read for each of users  their occupied time
  counters       any for each of added        counters of reports
  rows           any for each of added        the rows of their names

ARGV[1]
  workspace  string
  booking    string
  link       string?   the one-time link's id
  sequence   integer   SEQUENCE (RFC 5546) of the booking as the caller read it; that no move came in between makes
                       the policy and the budget of moves exact, by which the caller decided
  users      strings   the users of the booking as the caller read it
  slot       table     {start, end, before, after, event_type}: epoch seconds, seconds of buffer
  limits     table?    for each of `users` an array of {from, to, most} (include/occupied.lua)
  moved      string?   the times of the customer's latest reschedules, with this one; left out for a host's
  counter    integer   the configuration counter that the caller read
  uses       table     the configuration records that the caller used: {field = version}
  counted    string?   what the booking has contributed to the counters, as the caller read it
  recounted  string?   what it has contributed after this
  added      array     what is added to the counters (include/figures.lua)
  event      string    JSON: what the streams get, which hold ids only
  noted      string    JSON: the event as the history keeps it, with the reason
  operation  string    the answer to keep for this operation
  lifetime   positive  seconds for which the answer is kept

Returns {code, answer}
  OK         moved
  APPLIED    this operation was applied before; comes with the answer kept for it
  NOT_FOUND  there is no such booking
  MOVED      the booking or a configuration record has changed since the caller read it
  TAKEN      one of the users is not free
]]
-- include: operation
-- include: counters
-- include: figures
-- include: publish
-- include: audience
-- include: history
-- include: configuration
-- include: occupied
-- include: booking

local slot = args.slot
expect_slot(slot)
expect_limits(args.limits, #args.users)
expect_counters(counts, 'reschedules')
expect_counters(booking, 'reschedules')

local before = applied(operation)
if before then return {APPLIED, before} end
local there, refusal = live_booking(booking, args)
if refusal then return {refusal} end
expect_occupied(args.booking, there, occupied)
expect_changes(counts, args.users)
if slot.event_type ~= there.event_type then error('a booking keeps its event type') end
if has_moved(config, args.counter, args.uses) then return {MOVED} end
for index = 1, #args.users do
  local limits = (args.limits or {})[index]
  local fits = is_free(occupied[index], slot, args.booking)
    and within_limits(occupied[index], slot.event_type, limits, args.booking)
  if not fits then return {TAKEN} end
end
local concerned = booking_audience(config, redis.call('HGET', booking, 'page'), args.users, args.link and link)
local counted = figures_to_add(rows, args.added)

-- From here on only writes.
publish(jobs, activity, args.workspace, args.event, concerned)
for index = 1, #args.users do
  redis.call('ZREM', occupied[index], occupied_member(args.booking, there))
  redis.call('ZADD', occupied[index], slot.start, occupied_member(args.booking, slot))
end
note_changes(counts, args.users)
redis.call('HSET', booking, 'status', 'rescheduled', 'start', slot.start, 'end', slot['end'], 'before', slot.before,
  'after', slot.after, 'sequence', args.sequence + 1)
if args.moved then
  count(booking, 'reschedules', 1)
  redis.call('HSET', booking, 'moved', args.moved)
end
append_event(history, args.noted)
redis.call('ZADD', bookings, slot.start, args.booking)
redis.call('ZADD', page_bookings, slot.start, args.booking)
count(counts, 'reschedules', 1)
if args.recounted then redis.call('HSET', booking, 'counted', args.recounted) end
add_figures(counters, rows, counted)
remember(operation, args.operation, args.lifetime)
return {OK, args.operation}
