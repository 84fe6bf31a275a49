--[[
Announces once, after the end of a booking, that the booking is completed. The status itself is not written: it is
computed from the end and the clock.

KEYS
  booking   hash read              the part of the booking that changes
  config    hash read              the workspace's configuration
  jobs      stream                 the partition's outbox
  activity  stream                 the workspace's activity
  counts    hash read              the workspace's counters
  link      hash read if link      the one-time link that the booking came by
  counters  any for each of added  counters of reports
  rows      any for each of added  the rows of their names

ARGV[1]
  now        integer  epoch seconds
  link       string?  the one-time link's id
  sequence   integer  SEQUENCE (RFC 5546) of the booking as the caller read it
  workspace  string
  counted    string?  what the booking has contributed to the counters, as the caller read it
  recounted  string?  what it has contributed after this
  added      array    what is added to the counters (include/figures.lua)
  event      string   JSON

Returns {code}
  OK         announced
  NOT_FOUND  there is no such booking
  UNCHANGED  it was announced before, or the booking is cancelled or a no-show
  MOVED      the booking has changed since the caller read it, or has not ended
]]
-- include: counters
-- include: figures
-- include: publish
-- include: audience

expect_counters(counts, 'completed')

local names = {'status', 'end', 'sequence', 'completed', 'counted', 'page', 'users'}
local status, stop, sequence, completed, contributed, page, users = unpack(redis.call('HMGET', booking, unpack(names)))
if not status then return {NOT_FOUND} end
if completed or (status ~= 'scheduled' and status ~= 'rescheduled') then return {UNCHANGED} end
if (contributed or nil) ~= args.counted then return {MOVED} end
if tonumber(sequence or '0') ~= args.sequence or not (tonumber(stop) <= args.now) then return {MOVED} end
local concerned = booking_audience(config, page, users_in(users), args.link and link)
local counted = figures_to_add(rows, args.added)

-- From here on only writes.
publish(jobs, activity, args.workspace, args.event, concerned)
redis.call('HSET', booking, 'completed', 1)
if args.recounted then redis.call('HSET', booking, 'counted', args.recounted) end
count(counts, 'completed', 1)
add_figures(counters, rows, counted)
return {OK}
