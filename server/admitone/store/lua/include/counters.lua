-- Returns the numbers in the fields. Raises an error, before the first write, for one that HINCRBY cannot add to.
local function expect_counters(key, ...)
  if select('#', ...) == 0 then return {} end
  local values = redis.call('HMGET', key, ...)
  for index, field in ipairs({...}) do
    local value = values[index]
    if value and value ~= '0' and not (value:match('^%-?[1-9]%d*$') and #value < 16) then
      error(key .. ' ' .. field .. ' is not a counter')
    end
    values[index] = tonumber(value or '0')
  end
  return values
end

-- Adds one to each of the fields, whose numbers `expect_counters` has returned.
local function count_all(key, fields, numbers)
  local counted = {}
  for index, field in ipairs(fields) do counted[2 * index - 1], counted[2 * index] = field, numbers[index] + 1 end
  redis.call('HSET', key, unpack(counted))
end

local function count(key, field, by)
  redis.call('HINCRBY', key, field, by)
end
