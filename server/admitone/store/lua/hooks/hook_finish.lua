--[[
Ends a delivery to an inbound hook: its contact may enter the workflow, or it starts nothing. Once for each delivery.

KEYS
  delivery  string           exists from now on
  jobs      stream if event  the partition's outbox
  misses    list if miss     events that started nothing, newest first

ARGV[1]
  workspace  string
  lifetime   positive  seconds for which the same delivery is recognised
  event      string?   JSON, if the contact may enter; the activity has no entry of it, but of the contact and the run
  miss       string?   JSON: why it starts nothing
  most       positive  the number of these that are kept
  kept       positive  seconds after the last one at which all are removed

Returns {code}
  OK       ended
  APPLIED  it was ended before
]]
-- include: publish

if (args.event == nil) == (args.miss == nil) then error('there must be either an event or a miss') end
if args.most < 2 then error('most is less than 2') end

if redis.call('EXISTS', delivery) == 1 then return {APPLIED} end

-- From here on only writes.
redis.call('SET', delivery, '', 'EX', args.lifetime)
if args.event then announce(jobs, args.workspace, args.event) end
if args.miss then
  redis.call('LPUSH', misses, args.miss)
  redis.call('LTRIM', misses, 0, args.most - 1)
  redis.call('EXPIRE', misses, args.kept)
end
return {OK}
