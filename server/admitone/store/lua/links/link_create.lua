--[[
Creates one-time links of one page for one user: all of them or none.

KEYS
  config          hash read               the workspace's configuration
  jobs            stream                  the partition's outbox
  activity        stream                  the workspace's activity
  counts          hash read               the workspace's counters
  links           zset                    links by creation time
  page_links      zset                    the page's links by creation time
  user_links      zset                    the links that this user created, by creation time
  link_words      zset                    search words of links
  domains         set                     the domains that are counted apart in the month
  expiring_links  zset                    links that will expire, by expiry
  operation       string read if operation  the answer kept for the Idempotency-Key
  file_links      zset if listed          the links that were made for the people of one file, by creation time
  new_links       hash for each of links  the new links
  counters        any for each of added   counters of reports
  rows            any for each of added   the rows of their names

ARGV[1]
  workspace  string
  created    integer   epoch microseconds, the score of the first link in the lists; each further one is 1 higher
  links      array     the links that are created (include/new_link.lua)
  added      array     what is added to the counters (include/figures.lua)
  by_domain  integer   the place in it of the counters by domain
  counter    integer   the configuration counter that the caller read
  uses       table     the configuration records that the caller used: {field = version}
  owner      id?       the owner of the page, unless that is a master page
  operation  string?   the answer to keep for the Idempotency-Key
  lifetime   positive  seconds for which the answer is kept
  listed     positive?  seconds for which the links of the file are listed

Returns {code, answer}
  OK       created
  APPLIED  this operation was applied before; with an Idempotency-Key, comes with the answer kept for it
  MOVED    a configuration record that the caller used has changed
]]
-- include: counters
-- include: operation
-- include: publish
-- include: audience
-- include: configuration
-- include: new_link

if #args.links == 0 then error('there is no link') end
for _, link in ipairs(args.links) do expect_new_link(link) end
expect_counters(counts, 'links')

local before = applied(operation)
if before then return {APPLIED, before} end
-- A link's id is the hash of a new random code: if the first id exists, an earlier attempt of this call wrote it.
if redis.call('EXISTS', new_links[1]) == 1 then return {APPLIED} end
if has_moved(config, args.counter, args.uses) then return {MOVED} end
local concerned = audience({field_in(args.links[1].fields, 'by') or false, args.owner or false})

local joining = mark_links(args.links, args.added, args.by_domain, domains)
local counted = figures_to_add(rows, args.added)

-- From here on only writes.
for index, link in ipairs(args.links) do
  publish(jobs, activity, args.workspace, link.event, concerned)
  write_new_link(new_links[index], link, args.created + index - 1, links, page_links, user_links, expiring_links,
    link_words)
  if file_links then redis.call('ZADD', file_links, args.created + index - 1, link.id) end
end
if file_links then redis.call('EXPIRE', file_links, args.listed) end
count(counts, 'links', #args.links)
add_figures(counters, rows, counted)
join_domains(domains, joining)
remember(operation, args.operation, args.lifetime)
return {OK}
