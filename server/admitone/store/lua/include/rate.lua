-- A rate is {most, period}: the number of actions that are allowed within so many seconds. Recent actions are a sorted
-- set of ids by time (epoch seconds); those of a record are a field of its hash, which ends with the record: the times
-- of the latest ones, oldest first, separated by commas.

-- Raises an error, before the first write, unless `rate` is a rate.
local function expect_rate(rate)
  for _, name in ipairs({'most', 'period'}) do
    integer('rate.' .. name, rate[name])
    if rate[name] <= 0 then error('rate.' .. name .. ' is not positive') end
  end
end

-- Returns the seconds to wait until one more action is within the rate, or nil if it is within the rate now.
local function wait_for(key, rate, now)
  local since = string.format('(%.0f', now - rate.period)
  local done = redis.call('ZCOUNT', key, since, '+inf')
  if done < rate.most then return nil end
  local last = redis.call('ZRANGEBYSCORE', key, since, '+inf', 'WITHSCORES', 'LIMIT', done - rate.most, 1)
  return tonumber(last[2]) + rate.period - now
end

local function note(key, rate, now, id)
  redis.call('ZREMRANGEBYSCORE', key, '-inf', string.format('%.0f', now - rate.period))
  redis.call('ZADD', key, now, id)
  redis.call('EXPIRE', key, rate.period)
end

-- Returns the times in the field of a record's hash, of which `text` is the value or false.
local function times_in(text)
  local times = {}
  for time in (text or ''):gmatch('[^,]+') do
    times[#times + 1] = tonumber(time) or error('a time is not a number')
  end
  return times
end

-- As wait_for, of actions at these times.
local function wait_after(times, rate, now)
  local oldest = times[#times - rate.most + 1]
  if not oldest or oldest <= now - rate.period then return nil end
  return oldest + rate.period - now
end

-- Returns the text for the field after one more action.
local function noted(times, rate, now)
  local kept = {}
  for index = math.max(1, #times - rate.most + 2), #times do kept[#kept + 1] = string.format('%.0f', times[index]) end
  kept[#kept + 1] = string.format('%.0f', now)
  return table.concat(kept, ',')
end
