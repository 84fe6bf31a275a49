-- include: counters

-- What is counted for reports: `added` has for each of the hashes `counters` what is added to it, {field, number, …}
-- (store/records/reports/counting.py). A record keeps in its field `counted` what it has contributed. The script adds
-- nothing unless that is what the caller read, so that each change is counted once, and taken back where it was counted.

-- Returns the additions to the hash in a place, to which the script appends what the caller could not know. Raises an
-- error, before the first write, unless there is such a place.
local function additions_in(added, place)
  local parts = added[place]
  array('added', parts)
  if #parts % 2 == 1 then error('a counter lacks its number') end
  return parts
end

-- Returns for each hash the counters to write and those to remove, which have come back to 0. Raises an error, before the
-- first write, unless they can be added to so.
local function figures_after(counters, added)
  local after = {}
  for place in ipairs(added) do
    local parts, fields, sums = additions_in(added, place), {}, {}
    for index = 1, #parts, 2 do
      local field = parts[index]
      if type(field) ~= 'string' then error('a counter has no name') end
      integer('a number', parts[index + 1])
      if not sums[field] then fields[#fields + 1] = field end
      sums[field] = (sums[field] or 0) + parts[index + 1]
    end
    -- The number of changes tells readers whether what they know of the hash is still so.
    if #fields > 0 then fields[#fields + 1], sums.changes = 'changes', 1 end
    local kept, gone = {}, {}
    local values = #fields > 0 and redis.call('HMGET', counters[place], unpack(fields)) or {}
    for index, field in ipairs(fields) do
      expect_counter(counters[place], field, values[index])
      local sum = tonumber(values[index] or '0') + sums[field]
      if sum == 0 then
        gone[#gone + 1] = field
      else
        kept[#kept + 1], kept[#kept + 2] = field, string.format('%.0f', sum)
      end
    end
    after[place] = {kept = kept, gone = gone}
  end
  return after
end

local function write_figures(counters, after)
  for place, figures in ipairs(after) do
    if #figures.kept > 0 then redis.call('HSET', counters[place], unpack(figures.kept)) end
    if #figures.gone > 0 then redis.call('HDEL', counters[place], unpack(figures.gone)) end
  end
end
