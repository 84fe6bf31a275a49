--[[
Notes the outcome of an attempt to deliver to a webhook. This is telemetry: the newest ones are kept.

KEYS
  deliveries  list  outcomes, newest first

ARGV[1]
  delivery  string    JSON
  most      positive  the number of outcomes that are kept
  lifetime  positive  seconds after the last one at which all are removed

Returns {code}
  OK  noted
]]
if args.most < 2 then error('most is less than 2') end

-- From here on only writes.
-- What frees memory comes first: a full Redis lets the script pass, and what was delivered is not delivered again.
redis.call('LTRIM', deliveries, 0, args.most - 2)
redis.call('LPUSH', deliveries, args.delivery)
redis.call('EXPIRE', deliveries, args.lifetime)
return {OK}
