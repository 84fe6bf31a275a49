-- Recent actions are a sorted set of ids by time (epoch seconds). A rate is {most, period}: the number of actions that
-- are allowed within so many seconds.

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
