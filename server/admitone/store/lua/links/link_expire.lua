--[[
Announces that a link has expired, once for each expiry. The state itself is not written: it is computed from the
expiry and the clock. The link goes from the list of those that will expire to that of those announced.

KEYS
  link            hash read  the one-time link
  config          hash read  the workspace's configuration
  jobs            stream     the partition's outbox
  activity        stream     the workspace's activity
  links           zset read  links by creation time
  booked_links    zset       booked links by creation time
  revoked_links   zset       revoked links by creation time
  expired_links   zset       links whose expiry was announced, by creation time
  expiring_links  zset       links that will expire, by expiry

ARGV[1]
  now        integer  epoch seconds
  link       id       its id
  expires    integer  epoch seconds, the expiry that the caller read
  workspace  string
  event      string   JSON

Returns {code}
  OK         announced
  NOT_FOUND  there is no link with this id
  UNCHANGED  it was announced before, or the link is booked or revoked, or expires at another time
]]
-- include: publish
-- include: audience
-- include: state_lists

if args.expires > args.now then error('it has not expired yet') end

local names = {'page', 'booked', 'revoked', 'expires', 'expired'}
local page, booked, revoked, expires, expired = unpack(redis.call('HMGET', link, unpack(names)))
if not page then return {NOT_FOUND} end
if booked or revoked or tonumber(expires or '') ~= args.expires or expired == expires then return {UNCHANGED} end
local concerned = link_audience(config, link)
local place = link_place(links, args.link)

-- From here on only writes.
publish(jobs, activity, args.workspace, args.event, concerned)
redis.call('HSET', link, 'expired', args.expires)
relist(args.link, expired_links, place, booked_links, revoked_links, expired_links, expiring_links)
return {OK}
