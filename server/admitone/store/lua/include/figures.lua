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

-- Raises an error, before the first write, unless `added` has names of counters and whole numbers.
local function expect_figures(added)
  for place in ipairs(added) do
    local parts = additions_in(added, place)
    for index = 1, #parts, 2 do
      if type(parts[index]) ~= 'string' then error('a counter has no name') end
      integer('a number', parts[index + 1])
    end
  end
end

-- Adds to the counters; one that has come back to 0 is removed. A value that is no number stays as it is: reading all of
-- them first would take as long as adding, and no figure may keep anybody from booking.
local function add_figures(counters, added)
  for place, parts in ipairs(added) do
    for index = 1, #parts, 2 do
      local sum = redis.pcall('HINCRBY', counters[place], parts[index], parts[index + 1])
      if sum == 0 then redis.call('HDEL', counters[place], parts[index]) end
    end
  end
end
