--[[
Notes what became of an attempt to deliver to a webhook: telemetry, of which the last ones are kept.

KEYS[1] deliveries   list: newest first

ARGV[1]
  delivery   string    JSON
  most       integer   how many are kept
  lifetime   integer   seconds after which all are forgotten if no other follows

Returns {code}
  OK
]]
-- include: arguments
-- include: keys

local deliveries = KEYS[1]
local args = arguments { delivery = 'string', most = 'integer', lifetime = 'integer' }
expect_keys(1)
expect('list', deliveries)
if args.most <= 0 or args.lifetime <= 0 then error('nothing would be kept') end

-- From here on only writes.
redis.call('LPUSH', deliveries, args.delivery)
redis.call('LTRIM', deliveries, 0, args.most - 1)
redis.call('EXPIRE', deliveries, args.lifetime)
return {OK}
