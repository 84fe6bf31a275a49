--[[
Undoes an unsubscription. Doing it again changes nothing.

KEYS
  unsubscribed  zset             unsubscribed recipients by the time of unsubscribing
  recent        zset             recent operations by which this recipient subscribed again, by time
  jobs          stream if event  the partition's outbox
  activity      stream if event  the workspace's activity

ARGV[1]
  id         id       the operation's
  now        integer  epoch seconds
  workspace  string
  recipient  string   the keyed hash of the address
  rate       table    {most, period}: so many within so many seconds
  event      string?  JSON; given if the recipient is a contact

Returns {code, seconds}
  OK         subscribed again
  APPLIED    this operation was applied before
  UNCHANGED  they were not unsubscribed
  TOO_MANY   it was undone as often as the rate allows; comes with the seconds to wait
]]
-- include: publish
-- include: rate

expect_rate(args.rate)

if redis.call('ZSCORE', recent, args.id) then return {APPLIED} end
if not redis.call('ZSCORE', unsubscribed, args.recipient) then return {UNCHANGED} end
local wait = wait_for(recent, args.rate, args.now)
if wait then return {TOO_MANY, string.format('%.0f', wait)} end

-- From here on only writes.
redis.call('ZREM', unsubscribed, args.recipient)
note(recent, args.rate, args.now, args.id)
if args.event then publish(jobs, activity, args.workspace, args.event, '') end
return {OK}
