--[[
Removes an entry from the outbox and adds the jobs and timers that follow from it, in one step.

KEYS
  jobs     stream  the partition's outbox
  delayed  zset    jobs and timers that are due later, by epoch seconds
  totals   hash    counters of the partition

ARGV[1]
  group    string     the consumer group
  entry    string?    the id of the entry; left out if the jobs follow from no entry
  now      strings    jobs and timers that are due at once, as text
  later    array      jobs and timers that are due later, each {text, epoch seconds}; an earlier stored time stays
  retried  positive?  how many of `later` are jobs that are retried

Returns {code}
  OK       finished
  APPLIED  the entry is gone: a call before this one, or another consumer, finished it
]]
-- include: counters
-- include: entry

for _, one in ipairs(args.later) do
  array('a later job', one)
  if type(one[1]) ~= 'string' then error('a later job is not text') end
  integer('a time', one[2])
end
expect_counters(totals, 'retried')
if args.entry then
  expect_entry('entry', args.entry)
  if not is_there(jobs, args.entry) then return {APPLIED} end
end

-- From here on only writes.
-- What frees memory comes first: so a full Redis lets the whole script pass.
if args.entry then remove(jobs, args.group, args.entry) end
for _, text in ipairs(args.now) do redis.call('XADD', jobs, '*', 'job', text) end
for _, one in ipairs(args.later) do redis.call('ZADD', delayed, 'LT', one[2], one[1]) end
if args.retried then count(totals, 'retried', args.retried) end
return {OK}
