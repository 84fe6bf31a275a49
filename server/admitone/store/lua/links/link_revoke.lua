--[[
Revokes a link that is neither booked, nor revoked, nor expired.

KEYS
  link            hash read    the one-time link
  config          hash read    the workspace's configuration
  history         list         events of the link, oldest first
  jobs            stream       the partition's outbox
  activity        stream       the workspace's activity
  counts          hash read    the workspace's counters
  operation       string read  the answer kept for this operation
  links           zset read    links by creation time
  booked_links    zset         booked links by creation time
  revoked_links   zset         revoked links by creation time
  expired_links   zset         links whose expiry was announced, by creation time
  expiring_links  zset         links that will expire, by expiry

ARGV[1]
  now        integer   epoch seconds
  workspace  string
  link       id        its id
  event      string    JSON
  operation  string    the answer to keep for this operation
  lifetime   positive  seconds for which the answer is kept

Returns {code, answer}
  OK            revoked now
  APPLIED       this operation was applied before; comes with the answer kept for it
  NOT_FOUND     there is no link with this id
  LINK_BOOKED   the link is booked, and stays so
  LINK_REVOKED  the link was revoked before, and stays so
  LINK_EXPIRED  the link has expired, and stays so
]]
-- include: operation
-- include: counters
-- include: publish
-- include: audience
-- include: history
-- include: full
-- include: link
-- include: state_lists

expect_counters(counts, 'links_revoked')

local before = applied(operation)
if before then return {APPLIED, before} end
local refusal = refusal_of(link, args.now)
if refusal then return {refusal} end
local concerned = link_audience(config, link)
local place = link_place(links, args.link)

-- From here on only writes.
pass_when_full(operation)
publish(jobs, activity, args.workspace, args.event, concerned)
redis.call('HSET', link, 'revoked', args.now)
relist(args.link, revoked_links, place, booked_links, revoked_links, expired_links, expiring_links)
append_event(history, args.event)
count(counts, 'links_revoked', 1)
remember(operation, args.operation, args.lifetime)
return {OK, args.operation}
