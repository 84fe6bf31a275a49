-- Raises an error, before the first write, for a field whose value HINCRBY cannot add to.
local function expect_counter(key, field, value)
  if value and value ~= '0' and not (value:match('^%-?[1-9]%d*$') and #value < 16) then
    error(key .. ' ' .. field .. ' is not a counter')
  end
end

local function expect_counters(key, ...)
  for _, field in ipairs({...}) do expect_counter(key, field, redis.call('HGET', key, field)) end
end

local function count(key, field, by)
  redis.call('HINCRBY', key, field, by)
end
