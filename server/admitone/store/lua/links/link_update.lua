--[[
Changes the settings of a link: its expiry, its note, and what a cancellation does to it (`on_cancel`).

KEYS
  link            hash read    the one-time link
  config          hash read    the workspace's configuration
  history         list         events of the link, oldest first
  jobs            stream       the partition's outbox
  activity        stream       the workspace's activity
  operation       string read  the answer kept for this operation
  links           zset read    links by creation time
  booked_links    zset         booked links by creation time
  revoked_links   zset         revoked links by creation time
  expired_links   zset         links whose expiry was announced, by creation time
  expiring_links  zset         links that will expire, by expiry
  link_words      zset         search words of links

ARGV[1]
  workspace  string
  link       id        its id
  note       string    the note of the link as the caller read it
  bookings   strings   the bookings of the link as the caller read it
  words      strings   members of the word index that come
  dropped    strings   members of the word index that go
  set        pairs     fields to write: name, value, …
  unset      strings   names of fields to remove
  event      string    JSON
  operation  string    the answer to keep for this operation
  lifetime   positive  seconds for which the answer is kept

Returns {code, answer}
  OK         changed
  APPLIED    this operation was applied before; comes with the answer kept for it
  NOT_FOUND  there is no link with this id
  MOVED      the link has another booking or note since the caller read it
]]
-- include: operation
-- include: publish
-- include: audience
-- include: history
-- include: link
-- include: state_lists
-- include: words

local before = applied(operation)
if before then return {APPLIED, before} end
local page, booked, revoked, expires = unpack(redis.call('HMGET', link, 'page', 'booked', 'revoked', 'expires'))
if not page then return {NOT_FOUND} end
if have_words_moved(link, args.bookings, args.note) then return {MOVED} end
for index = 1, #args.set, 2 do
  if args.set[index] == 'expires' then expires = args.set[index + 1] end
end
for _, name in ipairs(args.unset) do
  if name == 'expires' then expires = nil end
end
local place = link_place(links, args.link)
local list, at = open_list(link, expires, place, expired_links, expiring_links)
local concerned = link_audience(config, link)

-- From here on only writes.
publish(jobs, activity, args.workspace, args.event, concerned)
if #args.set > 0 then redis.call('HSET', link, unpack(args.set)) end
if #args.unset > 0 then redis.call('HDEL', link, unpack(args.unset)) end
if not booked and not revoked then
  relist(args.link, list, at, booked_links, revoked_links, expired_links, expiring_links)
end
add_words(link_words, args.words)
for _, word in ipairs(args.dropped) do redis.call('ZREM', link_words, word) end
append_event(history, args.event)
remember(operation, args.operation, args.lifetime)
return {OK, args.operation}
