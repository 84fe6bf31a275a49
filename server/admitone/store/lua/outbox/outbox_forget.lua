--[[
Removes a consumer that holds no entries: removing one that does would lose them.

KEYS
  jobs  stream  the partition's outbox

ARGV[1]
  group     string  the consumer group
  consumer  string  its name

Returns {code}
  OK         removed
  UNCHANGED  the consumer holds entries
]]
if #redis.call('XPENDING', jobs, args.group, '-', '+', 1, args.consumer) > 0 then return {UNCHANGED} end

-- From here on only writes.
redis.call('XGROUP', 'DELCONSUMER', jobs, args.group, args.consumer)
return {OK}
