--[[
Changes a run, with all that belongs to one step: it moves on, waits, ends or fails; a link is made, the contact changes.
First it looks whether the run has to stop because of a booking; then it writes nothing.

KEYS
  run             hash                   the run
  jobs            stream                 the partition's outbox
  delayed         zset                   jobs and timers that are due later, by epoch seconds
  figures         hash                   the workflow's figures
  failed          zset                   the workflow's failed runs by the time of failing
  contact         hash                   the contact
  activity        stream                 the workspace's activity
  queue           zset                   the workflow's runs that wait to be admitted
  waiting         zset if attends        runs that wait for a booking, by the time since when
  mailbox         zset if mail           mails of workflows from the sender's mailbox, by time
  config          hash if link           the workspace's configuration
  counts          hash if link           the workspace's counters
  links           zset if link           links by creation time
  link_words      zset if link           search words of links
  page_links      zset if link           the page's links by creation time
  user_links      zset if link           the links of this user, by creation time
  new_link        hash if link           the new link
  domains         set if link            the domains that are counted apart in the month
  contacts        zset if change         contacts by creation time
  contact_words   zset if change         search words of contacts
  contact_tags    hash if change         how many contacts have each tag
  field_counts    zset if change         custom fields by how many contacts have each
  expiring_links  zset if link           links that will expire, by expiry
  counters        any for each of added  counters of reports
  rows            any for each of added  the rows of their names
  own_links       hash for each of own   links that the run made
  tagged          zset for each of tags  contacts that have the tag, by creation time

ARGV[1]
  workspace  string
  id         id        the id of the run
  moves      integer   how often the run had changed when the caller read it
  now        integer   epoch seconds
  own        ids       links of the run: a booking by one of them stops it
  since      integer?  epoch seconds: a booking by the contact since then stops the run
  ends       boolean?  the run ends, so a full Redis lets it pass
  set        pairs     fields of the run to write: name, value, …
  unset      strings   names of fields to remove
  adds       strings   the figures that grow by one
  takes      strings   the figures that shrink by one
  timer      string    the run's timer
  due        integer?  epoch seconds, when the timer is due; left out for none
  fails      boolean?  whether the run has failed now
  work       string?   the job that goes on with the run at once
  attends    boolean?  whether the run waits for the booking from now on (true), or not any more (false)
  queued     integer?  epoch microseconds, the run's place in the queue, if the workflow is paused
  gate       integer?  epoch seconds, when the queue is looked at; given with it
  admission  string?   the timer that admits runs; given with it
  mail       string?   what counts as a mail from the mailbox, if one was sent
  link       table?    the new link (include/new_link.lua)
  added      array     what is added to the counters of reports (include/figures.lua)
  by_domain  integer?  the place in it of the counters by domain; given with a link
  created    integer?  epoch microseconds, the place of the link in the lists; given with it
  counter    integer?  the configuration counter that the caller read; given with it
  uses       table?    the configuration records that the link depends on: {field = version}; given with it
  change     table?    what becomes of the contact (include/contact.lua)
  tags       strings   the tags that the contact gets or loses
  fields     array     custom fields that more or fewer contacts have (include/contact_fields.lua)
  most_tags  positive  the number of different tags that the workspace's contacts can have
  event      string?   JSON, an event of the run for the outbox
  entries    strings   events of the run for the activity stream, JSON

Returns {code}
  OK           changed
  NOT_FOUND    there is no such run
  MOVED        the run, its contact or the configuration has changed since the caller read it
  LINK_BOOKED  a booking stops the run
  TOO_MANY     the workspace's contacts would have too many different tags
]]
-- include: counters
-- include: publish
-- include: audience
-- include: configuration
-- include: link
-- include: new_link
-- include: contact
-- include: contact_fields
-- include: run

local is_counted = {}
for _, field in ipairs(args.adds) do is_counted[field] = true end
for _, field in ipairs(args.takes) do is_counted[field] = true end
for field in pairs(is_counted) do expect_counters(figures, field) end
if #args.set == 0 then error('nothing is written to the run') end
if args.queued then
  integer('gate', args.gate)
  strings('admission', {args.admission})
  if not args.admission then error('admission is missing') end
end
if args.link then
  expect_new_link(args.link)
  integer('created', args.created)
  integer('counter', args.counter)
  if type(args.uses) ~= 'table' then error('uses are missing') end
  expect_counters(counts, 'links')
  integer('by_domain', args.by_domain)
elseif args.created or #args.added > 0 then
  error('the link is missing')
end
if args.change then expect_contact_change(args.change, args.tags) end
for _, tag in ipairs(args.tags) do expect_counters(contact_tags, tag) end
expect_field_counts(args.fields)

local refusal = run_refusal(run, args.moves)
if refusal then return {refusal} end
for index in ipairs(args.own) do
  if bookings_of(own_links[index]) ~= '' then return {LINK_BOOKED} end
end
local booked = args.since and tonumber(redis.call('HGET', contact, 'booked') or '')
if booked and booked >= args.since then return {LINK_BOOKED} end
if args.link and has_moved(config, args.counter, args.uses) then return {MOVED} end
if args.change and has_contact_moved(contact, args.change, contact_words) then return {MOVED} end
if args.change and not has_room_for_tags(contact_tags, args.tags, args.most_tags) then return {TOO_MANY} end
local joining, counted = {}, {}
if args.link then
  joining = mark_links({args.link}, args.added, args.by_domain, domains)
  counted = figures_to_add(rows, args.added)
end
local place = args.change and contact_place(args.change, contacts, 0)
local concerned = args.link and new_link_audience(config, args.link.fields)

-- From here on only writes.
if args.ends then redis.call('ZREM', delayed, args.timer) end
redis.call('HSET', run, 'n', string.format('%.0f', args.moves + 1), unpack(args.set))
if #args.unset > 0 then redis.call('HDEL', run, unpack(args.unset)) end
for _, field in ipairs(args.adds) do count(figures, field, 1) end
for _, field in ipairs(args.takes) do count(figures, field, -1) end
redis.call('ZREM', delayed, args.timer)
if args.due then redis.call('ZADD', delayed, args.due, args.timer) end
if args.fails then redis.call('ZADD', failed, args.now, args.id) else redis.call('ZREM', failed, args.id) end
if args.attends then redis.call('ZADD', waiting, args.now, args.id) end
if args.attends == false then redis.call('ZREM', waiting, args.id) end
redis.call('ZREM', queue, args.id)
if args.queued then
  redis.call('ZADD', queue, args.queued, args.id)
  redis.call('ZADD', delayed, 'LT', args.gate, args.admission)
end
if args.mail then note_mail(mailbox, args.now, args.mail) end
if args.link then
  publish(jobs, activity, args.workspace, args.link.event, concerned)
  write_new_link(new_link, args.link, args.created, links, page_links, user_links, expiring_links, link_words)
  count(counts, 'links', 1)
  add_figures(counters, rows, counted)
  join_domains(domains, joining)
end
if args.change then
  write_contact(contact, args.change, place, jobs, args.workspace, contacts, contact_words, contact_tags, args.tags,
    tagged)
  count_contact_fields(field_counts, args.fields)
end
if args.work then redis.call('XADD', jobs, '*', 'job', args.work) end
if args.event then announce(jobs, args.workspace, args.event) end
for _, event in ipairs(args.entries) do show(activity, event, '') end
return {OK}
