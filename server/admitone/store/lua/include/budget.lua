-- A budget is a sorted set of the ids that count in it, by time (epoch seconds); a time ahead is reserved for an id that
-- waits. `rates` has for each of `budgets` the rates (rate.lua) that all hold. Every reservation counts, so that whatever
-- is within a rate at one time is within it at any later time too.

local LONGEST = 24 * 3600

-- Raises an error, before the first write, unless `rates` has rates for each budget.
local function expect_rates(rates)
  for _, of_one in ipairs(rates) do
    array('rates', of_one)
    for _, rate in ipairs(of_one) do
      if type(rate) ~= 'table' then error('a rate is not a table') end
      expect_rate(rate)
      if rate.period > LONGEST then error('a rate is longer than a day') end
    end
  end
end

-- Returns the time at which `id` counts in every budget, or nil if it does not.
local function counted_at(budgets, id)
  local at = 0
  for _, budget in ipairs(budgets) do
    local score = redis.call('ZSCORE', budget, id)
    if not score then return nil end
    at = math.max(at, tonumber(score))
  end
  return at
end

-- Returns the earliest time, from `now` on, at which one more id is within the budgets.
local function earliest(budgets, rates, now)
  local at = now
  for place, budget in ipairs(budgets) do
    for _, rate in ipairs(rates[place]) do
      at = math.max(at, now + (wait_for(budget, rate, now) or 0))
    end
  end
  return at
end

-- Returns the earliest time, from `now` on, at which `id`, whose reserved time has come, is within the budgets by what
-- counted until now: workers may have slept, so that many reserved times have come. Those ahead came later.
local function recheck(budgets, rates, id, now)
  local at, up_to = now, string.format('%.0f', now)
  for place, budget in ipairs(budgets) do
    local own = tonumber(redis.call('ZSCORE', budget, id) or '0')
    for _, rate in ipairs(rates[place]) do
      local since = string.format('(%.0f', now - rate.period)
      local done = redis.call('ZCOUNT', budget, since, up_to)
      local others = own > now - rate.period and done - 1 or done
      if others >= rate.most then
        local last = redis.call('ZRANGEBYSCORE', budget, since, up_to, 'WITHSCORES', 'LIMIT', done - rate.most, 1)
        at = math.max(at, tonumber(last[2]) + rate.period)
      end
    end
  end
  return at
end

local function charge(budgets, id, at, now)
  for _, budget in ipairs(budgets) do
    redis.call('ZADD', budget, at, id)
    redis.call('ZREMRANGEBYSCORE', budget, '-inf', string.format('%.0f', now - LONGEST))
    redis.call('EXPIRE', budget, 2 * LONGEST)
  end
end

local function refund(budgets, id)
  for _, budget in ipairs(budgets) do redis.call('ZREM', budget, id) end
end
