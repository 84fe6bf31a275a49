--[[
Gives one place of a booking to another user at the same time, or refuses and writes nothing.

KEYS[1] config      hash: the workspace's configuration
KEYS[2] booking     hash: what changes of the booking
KEYS[3] history     list: what happened to the booking
KEYS[4] jobs        stream: the partition's outbox
KEYS[5] activity    stream: the workspace's activity
KEYS[6] operation   string: what this operation answered
KEYS[7] turns       hash: what users have had of the master page and event type
KEYS[8] taken       zset: occupied time of who gets the place
KEYS[9…] occupied   zset: occupied time of each of `users`, in their order

ARGV[1]
  now        integer   epoch seconds
  workspace  string
  booking    string
  sequence   integer   the booking's SEQUENCE (RFC 5546) that the caller decided upon
  users      table     its users, as the caller read them
  after      table     its users then: another one in one place
  pages      table     the booking page of each of these
  limits     table     of who gets the place an array of {from, to, most}
  counter    integer   the configuration's counter that the caller read
  uses       table     {field = version} of the configuration records that the caller used
  event      string    JSON
  operation  string    what to answer to the same operation
  lifetime   integer   for how many seconds

Returns {code, answer}
  OK          given away
  APPLIED     this operation was applied before; with what was kept of it
  NOT_FOUND   there is no such booking
  MOVED       the booking or a configuration record has changed since the caller read it
  TAKEN       who should get the place is not free
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
-- include: handover

local config, booking, history, jobs, activity, operation, turns, taken = unpack(KEYS, 1, 8)
local FIRST_OCCUPIED = 9

local args = arguments {
  now = 'integer', workspace = 'string', booking = 'string', sequence = 'integer', users = 'table', after = 'table',
  pages = 'table', limits = 'table', counter = 'integer', uses = 'table', event = 'string', operation = 'string',
  lifetime = 'integer',
}
strings('users', args.users)
ids('after', args.after)
ids('pages', args.pages)
expect_keys(FIRST_OCCUPIED - 1 + #args.users)
expect_limits({args.limits}, 1)
local place = different_place(args.users, args.after)
if #args.pages ~= #args.users then error('pages are not those of each user') end
expect('hash', config, booking, turns)
expect('list', history)
expect('string', operation)
expect('zset', taken, unpack(KEYS, FIRST_OCCUPIED))
expect_streams(jobs, activity)
expect_counters(booking, 'assignment')
if args.lifetime <= 0 then error('lifetime is not positive') end

local before = applied(operation)
if before then return {APPLIED, before} end
local there, refusal = live_booking(booking, args.sequence, args.users)
if refusal then return {refusal} end
expect_occupied(args.booking, there, FIRST_OCCUPIED)
if has_moved(config, args.counter, args.uses) then return {MOVED} end
if not is_free(taken, there) or not within_limits(taken, there.event_type, args.limits) then return {TAKEN} end
local changes = handed_over(turns, args.users[place], args.after[place], args.now)
strings('changes', changes, true)
local member = occupied_member(args.booking, there)

-- From here on only writes.
publish(jobs, activity, args.workspace, args.event)
redis.call('ZREM', KEYS[FIRST_OCCUPIED + place - 1], member)
redis.call('ZADD', taken, there.start, member)
redis.call('HSET', booking, 'users', table.concat(args.after, ','), 'pages', table.concat(args.pages, ','),
  'sequence', args.sequence + 1)
count(booking, 'assignment', 1)
redis.call('HSET', turns, unpack(changes))
redis.call('RPUSH', history, args.event)
remember(operation, args.operation, args.lifetime)
return {OK, args.operation}
