-- What somebody did of late is a sorted set of ids by time, in epoch seconds. A rate is {most, period}: how many
-- within how many seconds.

-- Refuses, before the first write, a rate that is none.
local function expect_rate(rate)
  for _, name in ipairs({'most', 'period'}) do
    integer('rate.' .. name, rate[name])
    if rate[name] <= 0 then error('rate.' .. name .. ' is not positive') end
  end
end

-- In how many seconds one more is within the rate; nil where it is now.
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
