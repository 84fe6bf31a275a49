--[[
Parks a job that failed permanently, and removes its entry from the outbox: administrators see it and may retry it.

KEYS
  jobs    stream  the partition's outbox
  parked  hash    jobs that failed permanently, by id
  times   zset    ids of the parked jobs, by the time of parking
  totals  hash    counters of the partition

ARGV[1]
  group   string   the consumer group
  entry   string?  the id of the entry; left out if the job has none of its own
  id      string   the id of the parked job
  record  string   JSON: the parked job, with the cause
  at      integer  epoch seconds

Returns {code}
  OK       parked
  APPLIED  the entry is gone: a call before this one, or another consumer, finished it
]]
-- include: counters
-- include: entry

expect_counters(totals, 'parked')
if args.entry then
  expect_entry('entry', args.entry)
  if not is_there(jobs, args.entry) then return {APPLIED} end
end
local is_new = redis.call('HEXISTS', parked, args.id) == 0

-- From here on only writes.
-- What frees memory comes first: so a full Redis lets the whole script pass.
if args.entry then remove(jobs, args.group, args.entry) end
redis.call('HSET', parked, args.id, args.record)
redis.call('ZADD', times, args.at, args.id)
if is_new then count(totals, 'parked', 1) end
return {OK}
