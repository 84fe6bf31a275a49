--[[
Notes once that a link of a run was opened or booked, also after the run has ended: it counts in the funnel.

KEYS
  run      hash  the run
  figures  hash  the workflow's figures

ARGV[1]
  field   string   the field of the run that notes it
  counts  strings  the figures that grow by one

Returns {code}
  OK         noted
  NOT_FOUND  there is no such run
  UNCHANGED  it was noted before
]]
-- include: counters

expect_counters(figures, unpack(args.counts))

if redis.call('HEXISTS', run, 's') == 0 then return {NOT_FOUND} end
if redis.call('HEXISTS', run, args.field) == 1 then return {UNCHANGED} end

-- From here on only writes.
redis.call('HSET', run, args.field, '1')
for _, field in ipairs(args.counts) do count(figures, field, 1) end
return {OK}
