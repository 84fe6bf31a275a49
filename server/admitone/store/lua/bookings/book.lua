--[[
Books a time: redeems the link, occupies the time of the hosts, and writes the booking, its activity entry, its
counters and its outbox entry. If it refuses, it writes nothing, except that a wrong code is a try.

KEYS
  config          hash read                    the workspace's configuration
  booking         hash read                    the part of the booking that changes
  data            string                       the part of the booking that never changes: a JSON document
  jobs            stream                       the partition's outbox
  activity        stream                       the workspace's activity
  counts          hash read                    the workspace's counters
  bookings        zset                         bookings by start
  page_bookings   zset                         the page's bookings by start
  booking_words   zset                         search words of bookings
  contact_words   zset read                    search words of contacts
  domains         set read                     the domains that are counted apart in the month
  operation       string read if operation     the answer kept for the Idempotency-Key
  link            hash read if link            the one-time link
  turns           hash read if orders          tallies of users for the master page and event type
  address         zset read if rate            recent bookings from the customer's network address
  recipient       zset read if recipient_rate  recent bookings of the page for the customer's email address
  email_code      hash read if code            the code that was mailed to the customer's address
  contact         hash if contact              the contact with the customer's address
  link_words      zset if link                 search words of links
  links           zset read if link            links by creation time
  booked_links    zset if link                 booked links by creation time
  expired_links   zset read if link            links whose expiry was announced, by creation time
  expiring_links  zset read if link            links that will expire, by expiry
  occupied        zset read for each of users  their occupied time
  counters        any for each of added        counters of reports
  rows            any for each of added        the rows of their names

ARGV[1]
  now             integer   epoch seconds
  workspace       string
  booking         id        its id; without an Idempotency-Key also the id of the operation
  link            string?   the one-time link's id; left out for a general link
  slot            table     {start, end, before, after, event_type}: epoch seconds, seconds of buffer
  users           ids       the candidates for all places
  places          table     for each place the indexes of its candidates in `users`, in the order of its pool
  orders          table?    for each place how its candidates are ordered (include/orders.lua); left out if they are
                            in order
  pages           ids?      the booking page of each of `users`, if the page of the booking is a master page
  owner           id?       the owner of the page of the booking, unless that is a master page
  seed            string?   decides ties
  rate            table?    {most, period}: bookings from one address, and the seconds within which they count
  recipient_rate  table?    the same, of bookings of the page for one email address
  link_rate       table?    the same, of bookings by `link`; given with it
  code            string?   the keyed hash of the code that the customer gave, if the page asks for one
  customer        string    the customer's address, casefolded
  contact         string?   the id of the contact with this address, as far as the caller knows it
  added           array     what is added to the counters, whoever the users are (include/figures.lua)
  by_name         integer   the table in it of the month, for hosts and users of master pages
  by_domain       integer   that of the month's domains
  scheduled       integer   the place of the counter of bookings made
  member          string?   how the names of the users of a master page begin
  domain          string    that of the customer's address
  counted         string    what the booking contributes to the counters, without its mark
  link_counted    string?   what the link has contributed to the counters, as the caller read it
  is_first        boolean?  whether the link was never booked before, as the caller read it
  limits          table?    for each of `users` an array of {from, to, most} (include/occupied.lua)
  counter         integer   the configuration counter that the caller read
  uses            table     the configuration records that the caller used: {field = version}
  fields          pairs     more fields of `booking`: name, value, …
  data            string    JSON
  words           strings   members of the word index of bookings
  customer_words  strings   members of the word index of links: the customer's words; none without `link`
  event           string    JSON
  operation       string?   the answer to keep for the Idempotency-Key
  lifetime        positive  seconds for which the answer is kept

Returns {code, users}: user ids separated by commas, the organiser first
  OK            booked
  APPLIED       this operation was applied before; with an Idempotency-Key, comes with the answer kept for it
  NOT_FOUND     there is no link with this id
  LINK_BOOKED   the link is booked
  LINK_REVOKED  the link is revoked
  LINK_EXPIRED  the link has expired
  MOVED         a configuration record that the caller used has changed, or what the link has contributed; or, with an id in place of `users`, the
                contact with the customer's address is this one, not that which the caller named
  TOO_MANY      there were as many bookings as a rate allows; comes with the seconds to wait in place of `users`
  TAKEN         the places cannot all be filled with distinct free users
  CODE_WRONG    the code is wrong, was used, has ended or was tried too often
]]
-- include: operation
-- include: counters
-- include: figures
-- include: domains
-- include: publish
-- include: audience
-- include: configuration
-- include: occupied
-- include: places
-- include: tally
-- include: turns
-- include: orders
-- include: link
-- include: state_lists
-- include: rate
-- include: email_code
-- include: contact_address
-- include: words

local slot, users = args.slot, args.users
expect_slot(slot)
expect_limits(args.limits, #users)
if args.rate then expect_rate(args.rate) end
if args.recipient_rate then expect_rate(args.recipient_rate) end
if args.link then expect_rate(args.link_rate) end
expect_places(args.places, users)
if args.orders then expect_orders(args.orders, args.places, users) end
if args.pages and #args.pages ~= #users then error('pages are not one for each user') end

local before = applied(operation)
if before then return {APPLIED, redis.call('HGET', booking, 'users') or '', before} end
local booked_users = redis.call('HGET', booking, 'users')
if booked_users then return {APPLIED, booked_users} end

local there = {}
if args.link then
  there = link_fields(link, 'booked', 'revoked', 'expires', 'page', 'deleted', 'expired', 'earlier', 'counted',
    'first_booked', 'recent', 'by')
  local refusal = link_refusal(there, args.now)
  if refusal then return {refusal} end
end
if has_moved(config, args.counter, args.uses) then return {MOVED} end
if args.link then
  if (there.counted or nil) ~= args.link_counted then return {MOVED} end
  if args.is_first and (there.first_booked or there.earlier) then return {MOVED} end
end
local times = args.link and times_in(there.recent)
local wait = args.rate and wait_for(address, args.rate, args.now)
  or args.recipient_rate and wait_for(recipient, args.recipient_rate, args.now)
  or times and wait_after(times, args.link_rate, args.now)
if wait then return {TOO_MANY, string.format('%.0f', wait)} end

local places = args.places
local enrolled = args.orders and enrol(turns, args.orders)
if enrolled then
  places = {}
  for place, order in ipairs(args.orders) do
    places[place] = in_order(args.places[place], order, users, enrolled.tallies, args.seed or '')
  end
end
local chosen = fill(places, function(index)
  local limits = (args.limits or {})[index]
  return is_free(occupied[index], slot) and within_limits(occupied[index], slot.event_type, limits)
end)
if not chosen then return {TAKEN} end
local names, pages = {}, {}
for place, index in ipairs(chosen) do
  names[place] = users[index]
  pages[place] = args.pages and args.pages[index]
end
-- What `note_changes` would count for each user, counted in one command with the others.
local fields = {'bookings'}
if args.link then fields[2] = 'links_booked' end
for _, user in ipairs(names) do fields[#fields + 1] = 'occupied:' .. user end
local numbers = expect_counters(counts, unpack(fields))
local hosts = table.concat(names, ',')
local recent = times and noted(times, args.link_rate, args.now)
local changes = enrolled and kept_turns(enrolled, names, args.now) or {}
strings('changes', changes, true)
local place = args.link and link_place(links, args.link)
local open = list_of_open(there.expires, there.expired, expired_links, expiring_links)
if open then redis.call('ZSCORE', open, args.link) end
local known = contact_with(contact_words, args.customer)
if known and known ~= args.contact then return {MOVED, known} end
local joining = {}
local domain, mark = domain_place(domains, args.domain, joining)
also_add(args.added, args.by_domain, domain, args.scheduled, '1')
for _, user in ipairs(names) do
  also_add(args.added, args.by_name, 'host:' .. user, args.scheduled, '1')
  if args.member then also_add(args.added, args.by_name, args.member .. user, args.scheduled, '1') end
end
local counted = figures_to_add(rows, args.added)
local is_confirmed, tried = true, nil
if args.code then is_confirmed, tried = check_code(email_code, args.code, args.now, args.booking) end
local concerned = audience({there.by or false, args.owner or false, unpack(names)})

-- From here on only writes.
if not is_confirmed then
  if tried then redis.call('HSET', email_code, 'tried', tried) end
  return {CODE_WRONG}
end
publish(jobs, activity, args.workspace, args.event, concerned)
for _, index in ipairs(chosen) do
  redis.call('ZADD', occupied[index], slot.start, occupied_member(args.booking, slot))
end
count_all(counts, fields, numbers)
redis.call('HSET', booking, 'status', 'scheduled', 'start', slot.start, 'end', slot['end'], 'before', slot.before,
  'after', slot.after, 'event_type', slot.event_type, 'users', hosts, 'counted', mark .. args.counted, unpack(args.fields))
if args.pages then redis.call('HSET', booking, 'pages', table.concat(pages, ',')) end
if enrolled then redis.call('HSET', turns, unpack(changes)) end
redis.call('SET', data, args.data)
redis.call('ZADD', bookings, slot.start, args.booking)
redis.call('ZADD', page_bookings, slot.start, args.booking)
add_words(booking_words, args.words)
add_figures(counters, rows, counted)
join_domains(domains, joining)
if args.code then redis.call('DEL', email_code) end
if args.rate then note(address, args.rate, args.now, args.booking) end
if args.recipient_rate then note(recipient, args.recipient_rate, args.now, args.booking) end
if args.link then
  if args.is_first then
    redis.call('HSET', link, 'booked', args.booking, 'recent', recent, 'first_booked', args.now)
  else
    redis.call('HSET', link, 'booked', args.booking, 'recent', recent)
  end
  list_booked(args.link, open, booked_links, place)
  add_words(link_words, args.customer_words)
end
if known then redis.call('HSET', contact, 'booked', args.now) end
remember(operation, args.operation, args.lifetime)
return {OK, hosts}
