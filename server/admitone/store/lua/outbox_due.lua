--[[
Moves what has become due into the outbox, the longest due first.

KEYS[1] jobs      stream: the partition's outbox
KEYS[2] delayed   zset: what is due later, by epoch seconds

ARGV[1]
  now    integer   epoch seconds
  most   integer   how many to move at most

Returns {code, moved}
  OK   with how many were moved
]]
-- include: arguments
-- include: keys

local jobs, delayed = unpack(KEYS)
local args = arguments { now = 'integer', most = 'integer' }
expect_keys(2)
expect_streams(jobs)
expect('zset', delayed)
if args.most <= 0 then error('most is not positive') end

local due = redis.call('ZRANGEBYSCORE', delayed, '-inf', args.now, 'LIMIT', 0, args.most)

-- From here on only writes.
for _, text in ipairs(due) do
  redis.call('XADD', jobs, '*', 'job', text)
  redis.call('ZREM', delayed, text)
end
return {OK, #due}
