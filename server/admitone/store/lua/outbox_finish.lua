--[[
Takes an entry out of the outbox and puts in what follows from it, so that neither happens without the other.

KEYS[1] jobs      stream: the partition's outbox
KEYS[2] delayed   zset: what is due later, by epoch seconds
KEYS[3] totals    hash: the partition's counters

ARGV[1]
  group     string     the consumer group
  entry     string?    the entry's id; left out where the jobs follow from none
  now       table      jobs and timers that are due at once, as text
  later     table      those that are due later: {text, epoch seconds} each; an earlier time that is there stays
  retried   boolean?   whether that is the entry's own job, which could not be done

Returns {code}
  OK
  APPLIED   the entry is gone: this was called before, or whoever took the entry over has finished it
]]
-- include: arguments
-- include: keys
-- include: counters
-- include: entry

local jobs, delayed, totals = unpack(KEYS)
local args = arguments {
  group = 'string', entry = 'string?', now = 'table', later = 'table', retried = 'boolean?',
}
expect_keys(3)
strings('now', args.now)
array('later', args.later)
for _, one in ipairs(args.later) do
  array('a later job', one)
  if type(one[1]) ~= 'string' then error('a later job is not text') end
  integer('a time', one[2])
end
expect_streams(jobs)
expect('zset', delayed)
expect('hash', totals)
expect_counters(totals, 'retried')
if args.entry then
  expect_entry('entry', args.entry)
  if not is_there(jobs, args.entry) then return {APPLIED} end
end

-- From here on only writes.
for _, text in ipairs(args.now) do redis.call('XADD', jobs, '*', 'job', text) end
for _, one in ipairs(args.later) do redis.call('ZADD', delayed, 'LT', one[2], one[1]) end
if args.retried then count(totals, 'retried', 1) end
if args.entry then remove(jobs, args.group, args.entry) end
return {OK}
