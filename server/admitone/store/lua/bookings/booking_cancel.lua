--[[
Cancels a booking and frees the time of its hosts. The link that the booking came by stays booked, unless the link
is set to become active again on a cancellation (`on_cancel`) and was not booked too often.

KEYS
  booking         hash read                    the part of the booking that changes
  config          hash read                    the workspace's configuration
  history         list                         events of the booking, oldest first
  jobs            stream                       the partition's outbox
  activity        stream                       the workspace's activity
  counts          hash read                    the workspace's counters
  operation       string read                  the answer kept for this operation
  turns           hash                         tallies of users for the page and event type; a booking page has none
  link            hash read if link            the one-time link that the booking came by
  links           zset read if link            links by creation time
  booked_links    zset if link                 booked links by creation time
  revoked_links   zset if link                 revoked links by creation time
  expired_links   zset if link                 links whose expiry was announced, by creation time
  expiring_links  zset if link                 links that will expire, by expiry
  occupied        zset read for each of users  their occupied time
  counters        any for each of added        counters of reports
  rows            any for each of added        the rows of their names

ARGV[1]
  now        integer   epoch seconds
  workspace  string
  booking    string
  link       string?   the one-time link's id
  most       positive  how often a one-time link can be booked in its life
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
  OK         cancelled
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
-- include: link
-- include: state_lists

expect_counters(counts, 'cancelled', 'links_booked')

local before = applied(operation)
if before then return {APPLIED, before} end
local there, refusal = live_booking(booking, args)
if refusal then return {refusal} end
expect_occupied(args.booking, there, occupied)
expect_changes(counts, args.users)
local reactivates = args.link and args.now < there.start
  and reactivates_on_cancel(link, args.booking, args.now, args.most)
local bookings, list, at = nil, nil, nil
if reactivates then
  bookings = bookings_of(link)
  local expires, place = redis.call('HGET', link, 'expires'), link_place(links, args.link)
  list, at = open_list(link, expires, place, expired_links, expiring_links)
end
local changes = there.pages and tallied(turns, args.users, 'cancelled') or {}
strings('changes', changes, true)
local concerned = booking_audience(config, redis.call('HGET', booking, 'page'), args.users, link)
local counted = figures_to_add(rows, args.added)

-- From here on only writes.
write_ended(booking, 'cancelled', history, counts, turns, args, there, changes, occupied)
publish(jobs, activity, args.workspace, args.event, concerned)
if reactivates then
  redis.call('HDEL', link, 'booked')
  redis.call('HSET', link, 'earlier', bookings)
  relist(args.link, list, at, booked_links, revoked_links, expired_links, expiring_links)
  count(counts, 'links_booked', -1)
end
add_figures(counters, rows, counted)
remember(operation, args.operation, args.lifetime)
return {OK, args.operation}
