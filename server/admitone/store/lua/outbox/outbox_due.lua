--[[
Moves due jobs and timers into the outbox, the longest due first.

KEYS
  jobs     stream  the partition's outbox
  delayed  zset    jobs and timers that are due later, by epoch seconds

ARGV[1]
  now   integer   epoch seconds
  most  positive  the highest number to move

Returns {code, moved}
  OK  comes with the number of those that were moved
]]
local due = redis.call('ZRANGEBYSCORE', delayed, '-inf', args.now, 'LIMIT', 0, args.most)

-- From here on only writes.
-- What frees memory comes first: so a full Redis lets the whole script pass.
for _, text in ipairs(due) do
  redis.call('ZREM', delayed, text)
  redis.call('XADD', jobs, '*', 'job', text)
end
return {OK, #due}
