-- include: counters

-- What is counted for reports: `added` has for each of the hashes `counters` what is added to it, {field, number, …}
-- (store/records/reports/counting.py). A record keeps in its field `counted` what it has contributed. The script adds
-- nothing unless that is what the caller read, so that each change is counted once, and taken back where it was counted.

-- Raises an error, before the first write, unless counters can be added to so.
local function expect_figures(counters, added)
  for place, parts in ipairs(added) do
    array('added', parts)
    local fields = {}
    for index = 1, #parts, 2 do
      if type(parts[index]) ~= 'string' then error('a counter has no name') end
      integer('a number', parts[index + 1])
      fields[#fields + 1] = parts[index]
    end
    if #fields > 0 then
      local values = redis.call('HMGET', counters[place], unpack(fields))
      for index, field in ipairs(fields) do expect_counter(counters[place], field, values[index]) end
    end
  end
end

-- Adds to a counter; one that has come back to 0 is removed.
local function add_figure(counters, field, number)
  if redis.call('HINCRBY', counters, field, number) == 0 then redis.call('HDEL', counters, field) end
end

local function add_figures(counters, added)
  for place, parts in ipairs(added) do
    for index = 1, #parts, 2 do add_figure(counters[place], parts[index], parts[index + 1]) end
  end
end
