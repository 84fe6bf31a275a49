--[[
Notes a new enrolment, and its job.

KEYS
  enrolment   hash    the enrolment; must not exist
  enrolments  zset    the workflow's enrolments by the time of beginning
  jobs        stream  the partition's outbox

ARGV[1]
  id      id
  order   integer   epoch microseconds, its place among the workflow's enrolments
  fields  pairs     fields of the enrolment: name, value, …
  listed  positive  seconds for which the enrolment can be read
  job     string    the job that works it off

Returns {code}
  OK       noted
  APPLIED  it was noted before
]]
if #args.fields == 0 then error('there is nothing to note') end
if redis.call('EXISTS', enrolment) == 1 then return {APPLIED} end

-- From here on only writes.
redis.call('HSET', enrolment, unpack(args.fields))
redis.call('EXPIRE', enrolment, args.listed)
redis.call('ZREMRANGEBYSCORE', enrolments, '-inf', string.format('%.0f', args.order - args.listed * 1000000))
redis.call('ZADD', enrolments, args.order, args.id)
redis.call('EXPIRE', enrolments, args.listed)
redis.call('XADD', jobs, '*', 'job', args.job)
return {OK}
