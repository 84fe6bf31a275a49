--[[
Books a time: redeems the link, occupies the hosts' time and writes the booking with all that follows from it,
or refuses and writes nothing.

KEYS[1] config          hash: the workspace's configuration
KEYS[2] booking         hash: what changes of the booking
KEYS[3] data            string: what does not change of it
KEYS[4] jobs            stream: the partition's outbox
KEYS[5] activity        stream: the workspace's activity
KEYS[6] counts          hash: the workspace's counters
KEYS[7] bookings        zset: bookings by start
KEYS[8] page bookings   zset: the page's bookings by start
KEYS[9] words           zset: what bookings are found by
KEYS[10] operation      string: what an Idempotency-Key answered; unused without `operation`
KEYS[11] link           hash: the one-time link; unused without `link`
KEYS[12] turns          hash: what users have had of the master page and event type; unused without `orders`
KEYS[13] address        zset: what the customer's address booked of late; unused without `rate`
KEYS[14…] occupied      zset: occupied time of each of `users`, in their order

ARGV[1]
  now        integer   epoch seconds
  workspace  string
  booking    string    its id, which is the operation's id too
  link       string?   the one-time link's id; left out for a general link
  slot       table     {start, end, before, after, event_type}: epoch seconds, seconds of buffer
  users      table     user ids
  places     table     for each place its candidates, indexes into `users`, in the order of its pool
  orders     table?    for each place how they are put in order (include/orders.lua); left out, they are in it
  pages      table?    the booking page of each of `users`, where the booking's own page is a master page
  seed       string?   what ties are decided by
  rate       table?    {most, period}: how many bookings of one address, within how many seconds
  limits     table?    for each of `users` an array of {from, to, most}
  counter    integer   the configuration's counter that the caller read
  uses       table     {field = version} of the configuration records that the caller used
  fields     table     further fields of the booking: name, value, …
  data       string    JSON
  words      table     words that the booking is found by
  event      string    JSON
  operation  string?   what to answer to the same Idempotency-Key
  lifetime   integer   for how many seconds

Returns {code, users}, `users` separated by commas, the organiser first
  OK            booked
  APPLIED       this operation was applied before; with an Idempotency-Key also what was kept of it
  NOT_FOUND     there is no such link
  LINK_BOOKED
  LINK_REVOKED
  LINK_EXPIRED
  MOVED         a configuration record that the caller used has changed
  TOO_MANY      the address has booked as often as it may; in place of `users` the seconds to wait
  TAKEN         no choice of distinct free users fills every place
]]
-- include: arguments
-- include: keys
-- include: operation
-- include: counters
-- include: publish
-- include: configuration
-- include: occupied
-- include: places
-- include: tally
-- include: turns
-- include: orders
-- include: link
-- include: rate

local config, booking, data, jobs, activity, counts, bookings, page_bookings, words, operation, link, turns, address = unpack(KEYS, 1, 13)
local FIRST_OCCUPIED = 14

local args = arguments {
  now = 'integer', workspace = 'string', booking = 'string', link = 'string?', slot = 'table', users = 'table',
  places = 'table', orders = 'table?', pages = 'table?', seed = 'string?', rate = 'table?', limits = 'table?', counter = 'integer', uses = 'table', fields = 'table', data = 'string',
  words = 'table', event = 'string', operation = 'string?', lifetime = 'integer',
}
local slot, users = args.slot, args.users
ids('users', users)
ids('booking', {args.booking})
strings('fields', args.fields, true)
strings('words', args.words)
expect_slot(slot)
expect_limits(args.limits, #users)
if args.rate then expect_rate(args.rate) end
expect_places(args.places, users)
if args.orders then expect_orders(args.orders, args.places, users) end
if args.pages then ids('pages', args.pages) end
if args.pages and #args.pages ~= #users then error('pages are not those of each user') end
expect_keys(FIRST_OCCUPIED - 1 + #users)
expect('hash', config, booking, counts, turns)
expect('string', data)
expect('zset', bookings, page_bookings, words, address, unpack(KEYS, FIRST_OCCUPIED))
expect_streams(jobs, activity)
expect_counters(counts, 'bookings', 'links_booked')
if args.operation then expect('string', operation) else operation = nil end
if args.link then expect('hash', link) end
if args.lifetime <= 0 then error('lifetime is not positive') end

local before = applied(operation)
if before then return {APPLIED, redis.call('HGET', booking, 'users') or '', before} end
local booked_users = redis.call('HGET', booking, 'users')
if booked_users then return {APPLIED, booked_users} end

local refusal = args.link and link_refusal(link, args.now)
if refusal then return {refusal} end
if has_moved(config, args.counter, args.uses) then return {MOVED} end
local wait = args.rate and wait_for(address, args.rate, args.now)
if wait then return {TOO_MANY, string.format('%.0f', wait)} end

local enrolled, places = args.orders and enrol(turns, args.orders), args.places
if enrolled then
  places = {}
  for place, order in ipairs(args.orders) do
    places[place] = in_order(args.places[place], order, users, enrolled.tallies, args.seed or '')
  end
end
local chosen = fill(places, function(index)
  local occupied = KEYS[FIRST_OCCUPIED + index - 1]
  return is_free(occupied, slot) and within_limits(occupied, slot.event_type, (args.limits or {})[index])
end)
if not chosen then return {TAKEN} end
local names, pages = {}, {}
for place, index in ipairs(chosen) do
  names[place] = users[index]
  pages[place] = args.pages and args.pages[index]
end
local hosts = table.concat(names, ',')
local changes = enrolled and kept_turns(enrolled, names, args.now) or {}
strings('changes', changes, true)

-- From here on only writes.
publish(jobs, activity, args.workspace, args.event)
for _, index in ipairs(chosen) do
  redis.call('ZADD', KEYS[FIRST_OCCUPIED + index - 1], slot.start, occupied_member(args.booking, slot))
end
redis.call('HSET', booking, 'status', 'scheduled', 'start', slot.start, 'end', slot['end'], 'before', slot.before,
  'after', slot.after, 'event_type', slot.event_type, 'users', hosts, unpack(args.fields))
if args.pages then redis.call('HSET', booking, 'pages', table.concat(pages, ',')) end
if enrolled then redis.call('HSET', turns, unpack(changes)) end
redis.call('SET', data, args.data)
redis.call('ZADD', bookings, slot.start, args.booking)
redis.call('ZADD', page_bookings, slot.start, args.booking)
for _, word in ipairs(args.words) do redis.call('ZADD', words, 0, word .. '\0' .. args.booking) end
count(counts, 'bookings', 1)
if args.rate then note(address, args.rate, args.now, args.booking) end
if args.link then
  redis.call('HSET', link, 'booked', args.booking)
  count(counts, 'links_booked', 1)
end
remember(operation, args.operation, args.lifetime)
return {OK, hosts}
