--[[
Cancels a booking and makes the one-time link by which its customer books anew. The link that the booking came by
stays booked, whatever it is to do on cancelling: the new one takes its place.

KEYS[1] config       hash: the workspace's configuration
KEYS[2] booking      hash: what changes of the booking
KEYS[3] history      list: what happened to the booking
KEYS[4] jobs         stream: the partition's outbox
KEYS[5] activity     stream: the workspace's activity
KEYS[6] counts       hash: the workspace's counters
KEYS[7] operation    string: what this operation answered
KEYS[8] turns        hash: what users have had of the page and event type; booking pages keep none
KEYS[9] links        zset: links by the time they were made
KEYS[10] page links  zset: the page's links by the time they were made
KEYS[11] user links  zset: the user's links by the time they were made
KEYS[12] words       zset: what links are found by
KEYS[13] link        hash: the new link
KEYS[14…] occupied   zset: occupied time of each of `users`, in their order

ARGV[1]
  workspace  string
  booking    string
  sequence   integer   the booking's SEQUENCE (RFC 5546) that the caller decided upon
  users      table     its users, as the caller read them
  event      string    JSON
  fresh      table     the new link {id, fields = {name, value, …}, words, event = JSON}
  created    integer   epoch microseconds, its place among the others
  counter    integer   the configuration's counter that the caller read
  uses       table     {field = version} of the configuration records that the caller used
  operation  string    what to answer to the same operation
  lifetime   integer   for how many seconds

Returns {code, answer}
  OK          cancelled, and the link is made
  APPLIED     this operation was applied before; with what was kept of it
  NOT_FOUND   there is no such booking
  MOVED       the booking or a configuration record has changed since the caller read it
]]
-- include: arguments
-- include: keys
-- include: operation
-- include: counters
-- include: publish
-- include: configuration
-- include: occupied
-- include: booking
-- include: tally
-- include: ending
-- include: new_link

local config, booking, history, jobs, activity, counts, operation, turns, links, page_links, user_links, words, link = unpack(KEYS, 1, 13)
local FIRST_OCCUPIED = 14

local args = arguments {
  workspace = 'string', booking = 'string', sequence = 'integer', users = 'table', event = 'string',
  fresh = 'table', created = 'integer', counter = 'integer', uses = 'table', operation = 'string',
  lifetime = 'integer',
}
strings('users', args.users)
expect_new_link(args.fresh)
expect_keys(FIRST_OCCUPIED - 1 + #args.users)
expect('hash', config, booking, counts, turns, link)
expect('list', history)
expect('string', operation)
expect('zset', links, page_links, user_links, words, unpack(KEYS, FIRST_OCCUPIED))
expect_streams(jobs, activity)
expect_counters(counts, 'cancelled', 'links')
if args.lifetime <= 0 then error('lifetime is not positive') end

local before = applied(operation)
if before then return {APPLIED, before} end
local there, refusal = live_booking(booking, args.sequence, args.users)
if refusal then return {refusal} end
expect_occupied(args.booking, there, FIRST_OCCUPIED)
if has_moved(config, args.counter, args.uses) then return {MOVED} end
local changes = there.pages and tallied(turns, args.users, 'cancelled') or {}
strings('changes', changes, true)

-- From here on only writes.
publish(jobs, activity, args.workspace, args.fresh.event)
publish(jobs, activity, args.workspace, args.event)
write_ended(booking, 'cancelled', history, counts, turns, args, there, changes, FIRST_OCCUPIED)
write_new_link(link, args.fresh, args.created, links, page_links, user_links, words)
count(counts, 'links', 1)
remember(operation, args.operation, args.lifetime)
return {OK, args.operation}
