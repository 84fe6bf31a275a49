--[[
Records that the customer did not come. The booking is no longer live, and the time of its hosts is free.

KEYS
  booking    hash read                    the part of the booking that changes
  config     hash read                    the workspace's configuration
  history    list                         events of the booking, oldest first
  jobs       stream                       the partition's outbox
  activity   stream                       the workspace's activity
  counts     hash read                    the workspace's counters
  operation  string read                  the answer kept for this operation
  turns      hash                         tallies of users for the page and event type; a booking page has none
  link       hash read if link            the one-time link that the booking came by
  occupied   zset read for each of users  their occupied time
  counters   any for each of added        counters of reports
  rows       any for each of added        the rows of their names

ARGV[1]
  workspace  string
  booking    string
  link       string?   the one-time link's id
  sequence   integer   SEQUENCE (RFC 5546) of the booking as the caller read it
  users      strings   the users of the booking as the caller read it
  counted    string?   what the booking has contributed to the counters, as the caller read it
  recounted  string?   what it has contributed after this
  added      array     what is added to the counters (include/figures.lua)
  event      string    JSON: what the streams get, which hold ids only
  noted      string    JSON: the event as the history keeps it, with the reason
  operation  string    the answer to keep for this operation
  lifetime   positive  seconds for which the answer is kept

Returns {code, answer}
  OK         recorded
  APPLIED    this operation was applied before; comes with the answer kept for it
  NOT_FOUND  there is no such booking
  MOVED      the booking has changed since the caller read it
]]
-- include: operation
-- include: counters
-- include: figures
-- include: publish
-- include: audience
-- include: occupied
-- include: booking
-- include: tally
-- include: ending

expect_counters(counts, 'no_show', 'completed')

local before = applied(operation)
if before then return {APPLIED, before} end
local there, refusal = live_booking(booking, args)
if refusal then return {refusal} end
expect_occupied(args.booking, there, occupied)
expect_changes(counts, args.users)
local was_completed = redis.call('HEXISTS', booking, 'completed') == 1
local changes = there.pages and tallied(turns, args.users, 'no_show') or {}
strings('changes', changes, true)
local concerned = booking_audience(config, redis.call('HGET', booking, 'page'), args.users, args.link and link)
local counted = figures_to_add(rows, args.added)

-- From here on only writes.
write_ended(booking, 'no_show', history, counts, turns, args, there, changes, occupied)
publish(jobs, activity, args.workspace, args.event, concerned)
redis.call('HSET', booking, 'was', there.status)
if was_completed then count(counts, 'completed', -1) end
add_figures(counters, rows, counted)
remember(operation, args.operation, args.lifetime)
return {OK, args.operation}
