--[[
Cancels a booking and creates a one-time link with which its customer picks another time. The link that the booking
came by stays booked, whatever its `on_cancel` says: the new link takes its place.

KEYS
  config          hash read                    the workspace's configuration
  booking         hash read                    the part of the booking that changes
  history         list                         events of the booking, oldest first
  jobs            stream                       the partition's outbox
  activity        stream                       the workspace's activity
  counts          hash read                    the workspace's counters
  operation       string read                  the answer kept for this operation
  turns           hash read                    tallies of users for the page and event type; a booking page has none
  links           zset                         links by creation time
  page_links      zset                         the page's links by creation time
  user_links      zset                         the links that this user created, by creation time
  link_words      zset                         search words of links
  new_link        hash                         the link that is created
  domains         set read                     the domains that are counted apart in the month
  expiring_links  zset                         links that will expire, by expiry
  link            hash read if link            the one-time link that the booking came by
  occupied        zset read for each of users  their occupied time
  counters        any for each of added        counters of reports
  rows            any for each of added        the rows of their names

ARGV[1]
  workspace  string
  booking    string
  link       string?   the one-time link's id
  sequence   integer   SEQUENCE (RFC 5546) of the booking as the caller read it
  users      strings   the users of the booking as the caller read it
  counted    string?   what the booking has contributed to the counters, as the caller read it
  recounted  string?   what it has contributed after this
  added      array     what is added to the counters (include/figures.lua)
  by_domain  integer   the place in it of the counters by domain
  event      string    JSON: what the streams get, which hold ids only
  noted      string    JSON: the event as the history keeps it, with the reason
  new_link   table     the link that is created (include/new_link.lua)
  created    integer   epoch microseconds, the score of the link in the lists
  counter    integer   the configuration counter that the caller read
  uses       table     the configuration records that the caller used: {field = version}
  operation  string    the answer to keep for this operation
  lifetime   positive  seconds for which the answer is kept

Returns {code, answer}
  OK         cancelled, and the link is created
  APPLIED    this operation was applied before; comes with the answer kept for it
  NOT_FOUND  there is no such booking
  MOVED      the booking or a configuration record has changed since the caller read it
]]
-- include: operation
-- include: counters
-- include: publish
-- include: audience
-- include: configuration
-- include: occupied
-- include: booking
-- include: tally
-- include: ending
-- include: new_link

expect_new_link(args.new_link)
expect_counters(counts, 'cancelled', 'links')

local before = applied(operation)
if before then return {APPLIED, before} end
local there, refusal = live_booking(booking, args)
if refusal then return {refusal} end
expect_occupied(args.booking, there, occupied)
expect_changes(counts, args.users)
if has_moved(config, args.counter, args.uses) then return {MOVED} end
local changes = there.pages and tallied(turns, args.users, 'cancelled') or {}
strings('changes', changes, true)
local concerned = booking_audience(config, redis.call('HGET', booking, 'page'), args.users, args.link and link)
local concerned_by_link = new_link_audience(config, args.new_link.fields)

local joining = mark_links({args.new_link}, args.added, args.by_domain, domains)
local counted = figures_to_add(rows, args.added)

-- From here on only writes.
publish(jobs, activity, args.workspace, args.new_link.event, concerned_by_link)
publish(jobs, activity, args.workspace, args.event, concerned)
write_ended(booking, 'cancelled', history, counts, turns, args, there, changes, occupied)
write_new_link(new_link, args.new_link, args.created, links, page_links, user_links, expiring_links,
  link_words)
count(counts, 'links', 1)
add_figures(counters, rows, counted)
join_domains(domains, joining)
remember(operation, args.operation, args.lifetime)
return {OK, args.operation}
