--[[
Sets the idle time of entries. Idle time 0 keeps other consumers from taking the entries over; a long idle time hands
them back.

KEYS
  jobs  stream  the partition's outbox

ARGV[1]
  group     string   the consumer group
  consumer  string   the holder; entries that other consumers have taken over stay theirs
  entries   array    ids
  idle      integer  milliseconds

Returns {code}
  OK  set
]]
-- include: entry

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
