--[[
Creates one-time links of one page by one user, all or none.

KEYS[1] config       hash: the workspace's configuration
KEYS[2] jobs         stream: the partition's outbox
KEYS[3] activity     stream: the workspace's activity
KEYS[4] counts       hash: the workspace's counters
KEYS[5] links        zset: links by the time they were made
KEYS[6] page links   zset: the page's links by the time they were made
KEYS[7] user links   zset: the user's links by the time they were made
KEYS[8] words        zset: what links are found by
KEYS[9] operation    string: what an Idempotency-Key answered; unused without `operation`
KEYS[10…] link       hash: each of `links`, in their order

ARGV[1]
  workspace  string
  created    integer   epoch microseconds, the place of the first link among the others
  links      table     for each link {id, fields = {name, value, …}, words, event = JSON}
  counter    integer   the configuration's counter that the caller read
  uses       table     {field = version} of the configuration records that the caller used
  operation  string?   what to answer to the same Idempotency-Key
  lifetime   integer   for how many seconds

Returns {code, answer}
  OK        created
  APPLIED   this operation was applied before; with an Idempotency-Key also what was kept of it
  MOVED     a configuration record that the caller used has changed
]]
-- include: arguments
-- include: keys
-- include: operation
-- include: counters
-- include: publish
-- include: configuration
-- include: new_link

local config, jobs, activity, counts, links, page_links, user_links, words, operation = unpack(KEYS, 1, 9)
local FIRST_LINK = 10

local args = arguments {
  workspace = 'string', created = 'integer', links = 'table', counter = 'integer', uses = 'table',
  operation = 'string?', lifetime = 'integer',
}
array('links', args.links)
if #args.links == 0 then error('there is no link') end
expect_keys(FIRST_LINK - 1 + #args.links)
for index, link in ipairs(args.links) do
  expect_new_link(link)
  expect('hash', KEYS[FIRST_LINK + index - 1])
end
expect('hash', config, counts)
expect('zset', links, page_links, user_links, words)
expect_streams(jobs, activity)
expect_counters(counts, 'links')
if args.operation then expect('string', operation) else operation = nil end
if args.lifetime <= 0 then error('lifetime is not positive') end

local before = applied(operation)
if before then return {APPLIED, before} end
-- The ids are hashes of fresh random codes: one that is there already is this operation, re-sent.
if redis.call('EXISTS', KEYS[FIRST_LINK]) == 1 then return {APPLIED} end
if has_moved(config, args.counter, args.uses) then return {MOVED} end

-- From here on only writes.
for index, link in ipairs(args.links) do
  publish(jobs, activity, args.workspace, link.event)
  write_new_link(KEYS[FIRST_LINK + index - 1], link, args.created + index - 1, links, page_links, user_links, words)
end
count(counts, 'links', #args.links)
remember(operation, args.operation, args.lifetime)
return {OK}
