--[[
Lets a contact enter a workflow: writes the run, and its job, or its place in the queue of those that wait to be
admitted.

KEYS
  run       hash              the new run
  contact   hash              the contact
  jobs      stream            the partition's outbox
  delayed   zset              jobs and timers that are due later, by epoch seconds
  figures   hash              the workflow's figures
  runs      zset              the workflow's runs by the time of entering
  previous  hash if previous  the contact's run of this workflow before
  queue     zset if timer     the workflow's runs that wait to be admitted

ARGV[1]
  workspace  string
  id         id        the id of the run
  order      integer   epoch microseconds, the place of the run in the lists
  now        integer   epoch seconds
  fields     pairs     the fields of the run: name, value, …
  entry      string    the contact's field that names its latest run of this workflow
  previous   string?   the run that the caller read there
  re_entry   string    `never`, `when_finished` or `always`
  counts     strings   the figures that grow by one
  job        string    the job that begins the run
  timer      string?   the timer that admits runs, if the run waits in the queue
  event      string?   JSON, if somebody wants to know

Returns {code}
  OK         entered
  APPLIED    the same event has let the contact enter before
  NOT_FOUND  there is no such contact
  MOVED      the contact has entered since the caller read it
  UNCHANGED  the contact was there before, and may not enter again (now)
]]
-- include: counters
-- include: publish
-- include: run

expect_counters(figures, unpack(args.counts))
if #args.fields == 0 then error('a run is incomplete') end

if redis.call('EXISTS', run) == 1 then return {APPLIED} end
if redis.call('HEXISTS', contact, 'email') == 0 then return {NOT_FOUND} end
if (redis.call('HGET', contact, args.entry) or nil) ~= args.previous then return {MOVED} end
local status = args.previous and redis.call('HGET', previous, 's') or nil
if args.previous and not may_enter(args.re_entry, status) then return {UNCHANGED} end

-- From here on only writes.
redis.call('HSET', run, unpack(args.fields))
redis.call('ZADD', runs, args.order, args.id)
redis.call('HSET', contact, args.entry, args.id)
for _, field in ipairs(args.counts) do count(figures, field, 1) end
if args.timer then
  redis.call('ZADD', queue, args.order, args.id)
  redis.call('ZADD', delayed, 'LT', args.now, args.timer)
else
  redis.call('XADD', jobs, '*', 'job', args.job)
end
if args.event then announce(jobs, args.workspace, args.event) end
return {OK}
