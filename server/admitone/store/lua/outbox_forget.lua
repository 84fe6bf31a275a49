--[[
Removes a consumer that holds nothing: removing one that does would lose what it holds.

KEYS[1] jobs   stream: the partition's outbox

ARGV[1]
  group      string   the consumer group
  consumer   string

Returns {code}
  OK
  UNCHANGED   it holds entries
]]
-- include: arguments
-- include: keys

local jobs = KEYS[1]
local args = arguments { group = 'string', consumer = 'string' }
expect_keys(1)
expect('stream', jobs)

if #redis.call('XPENDING', jobs, args.group, '-', '+', 1, args.consumer) > 0 then return {UNCHANGED} end

-- From here on only writes.
redis.call('XGROUP', 'DELCONSUMER', jobs, args.group, args.consumer)
return {OK}
