--[[
Counts an event of an inbound hook within its budgets, and keeps it as the last one.

KEYS
  delivery  string                    exists if this delivery was carried out before
  sample    string                    the last event, sealed
  counters  string for each of rates  how many events came in the present period of each rate

ARGV[1]
  now       integer   epoch seconds
  sample    string    the event, sealed
  lifetime  positive  seconds for which the event is kept
  rates     array     for each of `counters` {most, period}: so many within each period of so many seconds

Returns {code, seconds}
  OK        counted
  APPLIED   this delivery was carried out before
  TOO_MANY  there were as many events as a rate allows; comes with the seconds to wait
]]
-- include: rate

for _, rate in ipairs(args.rates) do expect_rate(rate) end

if redis.call('EXISTS', delivery) == 1 then return {APPLIED} end
local counts, wait = {}, 0
for place, rate in ipairs(args.rates) do
  local count = tonumber(redis.call('GET', counters[place]) or '0') or error('a counter is not a number')
  if count >= rate.most then wait = math.max(wait, rate.period - args.now % rate.period) end
  counts[place] = count + 1
end
if wait > 0 then return {TOO_MANY, string.format('%.0f', wait)} end

-- From here on only writes.
for place, rate in ipairs(args.rates) do
  redis.call('SET', counters[place], string.format('%.0f', counts[place]), 'EX', 2 * rate.period)
end
redis.call('SET', sample, args.sample, 'EX', args.lifetime)
return {OK}
