-- include: counters

-- A user's occupied time is a sorted set by start; each member is '<booking>|<end>|<before>|<after>|<event type>',
-- times in epoch seconds and buffers in seconds.
local function occupied_member(booking, slot)
  return string.format('%s|%.0f|%.0f|%.0f|%s', booking, slot['end'], slot.before, slot.after, slot.event_type)
end

-- Counts a change of these users' occupied time. What a process remembers of that time holds as long as the number is
-- the same (store/records/start_cache.py), so every script that writes the time counts.
local function note_changes(counts, users)
  for _, user in ipairs(users) do count(counts, 'occupied:' .. user, 1) end
end

-- Raises an error, before the first write, for what `note_changes` cannot count.
local function expect_changes(counts, users)
  for _, user in ipairs(users) do expect_counters(counts, 'occupied:' .. user) end
end

local function parse_member(member)
  local booking, stop, before, after, event_type = member:match('^([^|]+)|(%d+)|(%d+)|(%d+)|(.*)$')
  if not booking then error('occupied time is malformed: ' .. member) end
  return booking, tonumber(stop), tonumber(before), tonumber(after), event_type
end

-- Returns whether `slot` keeps the distance max(earlier.after, later.before) from the user's other bookings. These
-- keep the same distance from each other, so the nearest one on each side decides. The booking `ignored` does not
-- count.
local function is_free(key, slot, ignored)
  local earlier = redis.call('ZREVRANGEBYSCORE', key, string.format('(%.0f', slot.start), '-inf', 'LIMIT', 0, 2)
  for _, member in ipairs(earlier) do
    local booking, stop, _, after = parse_member(member)
    if booking ~= ignored then
      if slot.start - stop < math.max(after, slot.before) then return false end
      break
    end
  end
  local later = redis.call('ZRANGEBYSCORE', key, slot.start, '+inf', 'WITHSCORES', 'LIMIT', 0, 2)
  for i = 1, #later, 2 do
    local booking, _, before = parse_member(later[i])
    if booking ~= ignored then
      return tonumber(later[i + 1]) - slot['end'] >= math.max(slot.after, before)
    end
  end
  return true
end

-- Returns whether the user may have one more booking of the event type within each limit {from, to, most}. From
-- (inclusive) to (exclusive) is the local day or week of the start. The booking `ignored` does not count.
local function within_limits(key, event_type, limits, ignored)
  for _, limit in ipairs(limits or {}) do
    local members = redis.call('ZRANGEBYSCORE', key, limit[1], string.format('(%.0f', limit[2]))
    local found = 0
    for _, member in ipairs(members) do
      local booking, _, _, _, type_there = parse_member(member)
      if booking ~= ignored and type_there == event_type then found = found + 1 end
    end
    if found >= limit[3] then return false end
  end
  return true
end

-- Raises an error, before the first write, unless `slot` is one that the functions here take.
local function expect_slot(slot)
  for _, name in ipairs({'start', 'end', 'before', 'after'}) do
    integer('slot.' .. name, slot[name])
    if slot[name] < 0 then error('slot.' .. name .. ' is negative') end
  end
  if slot['end'] <= slot.start then error('the slot ends before it starts') end
  if type(slot.event_type) ~= 'string' or slot.event_type == '' then error('slot.event_type is missing') end
end

-- Raises an error, before the first write, unless `limits` is nil, or an array of {from, to, most} for each of `count`
-- users.
local function expect_limits(limits, count)
  if limits == nil then return end
  array('limits', limits)
  if #limits ~= count then error('limits are not one for each user') end
  for _, of_user in ipairs(limits) do
    array('limits', of_user)
    for _, limit in ipairs(of_user) do
      array('a limit', limit)
      for i = 1, 3 do integer('a limit', limit[i]) end
    end
  end
end

-- Raises an error, before the first write, unless the booking occupies `slot` under each of the keys `occupied`.
-- Otherwise the script would free other time than the booking occupies.
local function expect_occupied(booking, slot, occupied)
  local member = occupied_member(booking, slot)
  for _, key in ipairs(occupied) do
    if not redis.call('ZSCORE', key, member) then error(key .. ' lacks ' .. member) end
  end
end
