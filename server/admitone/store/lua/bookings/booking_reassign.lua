--[[
Gives one place of a booking to another user, at the same time. If it refuses, it writes nothing.

KEYS
  config     hash read                    the workspace's configuration
  booking    hash read                    the part of the booking that changes
  history    list                         events of the booking, oldest first
  jobs       stream                       the partition's outbox
  activity   stream                       the workspace's activity
  counts     hash read                    the workspace's counters
  operation  string read                  the answer kept for this operation
  turns      hash read                    tallies of users for the master page and event type
  taken      zset read                    occupied time of the user who gets the place
  link       hash read if link            the one-time link that the booking came by
  occupied   zset read for each of users  their occupied time

ARGV[1]
  now        integer   epoch seconds
  workspace  string
  booking    string
  link       string?   the one-time link's id
  sequence   integer   SEQUENCE (RFC 5546) of the booking as the caller read it
  users      strings   the users of the booking as the caller read it
  after      ids       the users afterwards: one place has another user
  pages      ids       the booking page of each of `after`
  counted    string?   what the booking has contributed to the counters of reports, as the caller read it
  recounted  string?   the same, with who its users were until now
  limits     table     for the user who gets the place an array of {from, to, most} (include/occupied.lua)
  counter    integer   the configuration counter that the caller read
  uses       table     the configuration records that the caller used: {field = version}
  event      string    JSON: what the streams get, which hold ids only
  noted      string    JSON: the event as the history keeps it, with the reason
  operation  string    the answer to keep for this operation
  lifetime   positive  seconds for which the answer is kept

Returns {code, answer}
  OK         reassigned
  APPLIED    this operation was applied before; comes with the answer kept for it
  NOT_FOUND  there is no such booking
  MOVED      the booking or a configuration record has changed since the caller read it
  TAKEN      the user who would get the place is not free
]]
-- include: operation
-- include: counters
-- include: publish
-- include: audience
-- include: history
-- include: configuration
-- include: occupied
-- include: booking
-- include: tally
-- include: handover

expect_limits({args.limits}, 1)
local place = different_place(args.users, args.after)
if #args.pages ~= #args.users then error('pages are not one for each user') end
expect_counters(booking, 'assignment')

local before = applied(operation)
if before then return {APPLIED, before} end
local there, refusal = live_booking(booking, args)
if refusal then return {refusal} end
expect_occupied(args.booking, there, occupied)
if has_moved(config, args.counter, args.uses) then return {MOVED} end
if not is_free(taken, there) or not within_limits(taken, there.event_type, args.limits) then return {TAKEN} end
local changes = handed_over(turns, args.users[place], args.after[place], args.now)
strings('changes', changes, true)
local changed = {args.users[place], args.after[place]}
expect_changes(counts, changed)
local member = occupied_member(args.booking, there)
local concerned = booking_audience(config, redis.call('HGET', booking, 'page'),
  {args.after[place], unpack(args.users)}, args.link and link)

-- From here on only writes.
publish(jobs, activity, args.workspace, args.event, concerned)
redis.call('ZREM', occupied[place], member)
redis.call('ZADD', taken, there.start, member)
note_changes(counts, changed)
redis.call('HSET', booking, 'users', table.concat(args.after, ','), 'pages', table.concat(args.pages, ','),
  'sequence', args.sequence + 1)
if args.recounted then redis.call('HSET', booking, 'counted', args.recounted) end
count(booking, 'assignment', 1)
redis.call('HSET', turns, unpack(changes))
append_event(history, args.noted)
remember(operation, args.operation, args.lifetime)
return {OK, args.operation}
