--[[
Makes a revoked link active again, or a booked link if all its bookings are cancelled.

KEYS
  link            hash read                       the one-time link
  config          hash read                       the workspace's configuration
  history         list                            events of the link, oldest first
  jobs            stream                          the partition's outbox
  activity        stream                          the workspace's activity
  counts          hash read                       the workspace's counters
  operation       string read                     the answer kept for this operation
  links           zset read                       links by creation time
  booked_links    zset                            booked links by creation time
  revoked_links   zset                            revoked links by creation time
  expired_links   zset                            links whose expiry was announced, by creation time
  expiring_links  zset                            links that will expire, by expiry
  booking         hash read for each of bookings  the part of the booking that changes

ARGV[1]
  workspace  string
  link       id        its id
  bookings   strings   the bookings of the link as the caller read it
  most       positive  how often a one-time link can be booked in its life
  event      string    JSON
  operation  string    the answer to keep for this operation
  lifetime   positive  seconds for which the answer is kept

Returns {code, answer}
  OK           neither booked nor revoked now; the link may still be expired or unavailable
  APPLIED      this operation was applied before; comes with the answer kept for it
  NOT_FOUND    there is no link with this id
  MOVED        the link has another booking since the caller read it
  LINK_BOOKED  one of its bookings is not cancelled, or it was booked `most` times
  UNCHANGED    the link is neither booked nor revoked
]]
-- include: operation
-- include: counters
-- include: publish
-- include: audience
-- include: history
-- include: link
-- include: state_lists

expect_counters(counts, 'links_revoked', 'links_booked')

local before = applied(operation)
if before then return {APPLIED, before} end
local page, booked, revoked, expires = unpack(redis.call('HMGET', link, 'page', 'booked', 'revoked', 'expires'))
if not page then return {NOT_FOUND} end
local bookings = bookings_of(link)
if bookings ~= table.concat(args.bookings, ',') then return {MOVED} end
if booked then
  if is_used_up(link, args.most) then return {LINK_BOOKED} end
  for index = 1, #args.bookings do
    if redis.call('HGET', booking[index], 'status') ~= 'cancelled' then return {LINK_BOOKED} end
  end
end
if not booked and not revoked then return {UNCHANGED} end
local concerned = link_audience(config, link)
local place = link_place(links, args.link)
local list, at = open_list(link, expires, place, expired_links, expiring_links)

-- From here on only writes.
publish(jobs, activity, args.workspace, args.event, concerned)
redis.call('HDEL', link, 'booked', 'revoked')
if booked then redis.call('HSET', link, 'earlier', bookings) end
relist(args.link, list, at, booked_links, revoked_links, expired_links, expiring_links)
append_event(history, args.event)
if booked then count(counts, 'links_booked', -1) end
if revoked then count(counts, 'links_revoked', -1) end
remember(operation, args.operation, args.lifetime)
return {OK, args.operation}
