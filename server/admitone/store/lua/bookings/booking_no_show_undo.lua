--[[
Takes a no-show back: the booking is live again, or completed if it has ended, and occupies the time of its hosts. If
it refuses, it writes nothing.

KEYS
  booking    hash read               the part of the booking that changes
  config     hash read               the workspace's configuration
  history    list                    events of the booking, oldest first
  jobs       stream                  the partition's outbox
  activity   stream                  the workspace's activity
  counts     hash read               the workspace's counters
  operation  string read             the answer kept for this operation
  turns      hash                    tallies of users for the page and event type; a booking page has none
  link       hash read if link       the one-time link that the booking came by
  occupied   zset for each of users  their occupied time
  counters   any for each of added   counters of reports
  rows       any for each of added   the rows of their names

ARGV[1]
  now        integer   epoch seconds
  workspace  string
  booking    string
  link       string?   the one-time link's id
  sequence   integer   SEQUENCE (RFC 5546) of the booking as the caller read it
  users      strings   the users of the booking as the caller read it
  counted    string?   what the booking has contributed to the counters, as the caller read it
  recounted  string?   what it has contributed after this
  added      array     what is added to the counters (include/figures.lua)
  event      string    JSON: what the streams get, which hold ids only
  noted      string    JSON: the event as the history keeps it
  operation  string    the answer to keep for this operation
  lifetime   positive  seconds for which the answer is kept

Returns {code, answer}
  OK         taken back
  APPLIED    this operation was applied before; comes with the answer kept for it
  NOT_FOUND  there is no such booking
  MOVED      the booking has changed since the caller read it, or is no no-show
  TAKEN      it has not ended, and one of its users is not free any more
]]
-- include: operation
-- include: counters
-- include: figures
-- include: publish
-- include: audience
-- include: history
-- include: occupied
-- include: booking
-- include: tally

expect_counters(counts, 'no_show', 'completed')

local before = applied(operation)
if before then return {APPLIED, before} end
local there, refusal = known_booking(booking, args)
if refusal then return {refusal} end
if there.status ~= 'no_show' then return {MOVED} end
if there['end'] > args.now then
  for index = 1, #args.users do
    if not is_free(occupied[index], there) then return {TAKEN} end
  end
end
local was, completed = unpack(redis.call('HMGET', booking, 'was', 'completed'))
local changes = there.pages and tallied(turns, args.users, 'no_show', -1) or {}
strings('changes', changes, true)
expect_changes(counts, args.users)
local member = occupied_member(args.booking, there)
local concerned = booking_audience(config, redis.call('HGET', booking, 'page'), args.users, args.link and link)
local counted = figures_to_add(rows, args.added)

-- From here on only writes.
publish(jobs, activity, args.workspace, args.event, concerned)
for index = 1, #args.users do redis.call('ZADD', occupied[index], there.start, member) end
note_changes(counts, args.users)
redis.call('HSET', booking, 'status', was or 'scheduled', 'sequence', args.sequence + 1)
redis.call('HDEL', booking, 'was')
if args.recounted then redis.call('HSET', booking, 'counted', args.recounted) end
if #changes > 0 then redis.call('HSET', turns, unpack(changes)) end
append_event(history, args.noted)
count(counts, 'no_show', -1)
if completed then count(counts, 'completed', 1) end
add_figures(counters, rows, counted)
remember(operation, args.operation, args.lifetime)
return {OK, args.operation}
