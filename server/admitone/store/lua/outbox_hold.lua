--[[
Says of entries for how long nobody has worked on them: not at all, which keeps others from taking them over, or
for long, which hands them back.

KEYS[1] jobs   stream: the partition's outbox

ARGV[1]
  group      string    the consumer group
  consumer   string    who holds them; entries that others have taken over stay theirs
  entries    table     ids
  idle       integer   milliseconds

Returns {code}
  OK
]]
-- include: arguments
-- include: keys
-- include: entry

local jobs = KEYS[1]
local args = arguments { group = 'string', consumer = 'string', entries = 'table', idle = 'integer' }
expect_keys(1)
expect('stream', jobs)
array('entries', args.entries)
if args.idle < 0 then error('idle is negative') end
local held = {}
for _, id in ipairs(args.entries) do
  expect_entry('an entry', id)
  if #redis.call('XPENDING', jobs, args.group, id, id, 1, args.consumer) == 1 then held[#held + 1] = id end
end

-- From here on only writes.
for _, id in ipairs(held) do
  redis.call('XCLAIM', jobs, args.group, args.consumer, 0, id, 'IDLE', args.idle, 'JUSTID')
end
return {OK}
