--[[
Unsubscribes a recipient from a workspace's workflow mails. Doing it again changes nothing.

KEYS
  unsubscribed  zset             unsubscribed recipients by the time of unsubscribing
  jobs          stream if event  the partition's outbox
  activity      stream if event  the workspace's activity

ARGV[1]
  now        integer  epoch seconds
  workspace  string
  recipient  string   the keyed hash of the address
  event      string?  JSON; given if the recipient is a contact

Returns {code}
  OK         unsubscribed
  UNCHANGED  they were unsubscribed before
]]
-- include: publish

if redis.call('ZSCORE', unsubscribed, args.recipient) then return {UNCHANGED} end

-- From here on only writes.
-- What takes no memory comes first: a full Redis lets the script pass, and the person gets no more mails.
redis.call('ZREM', unsubscribed, args.recipient)
redis.call('ZADD', unsubscribed, args.now, args.recipient)
if args.event then publish(jobs, activity, args.workspace, args.event, '') end
return {OK}
