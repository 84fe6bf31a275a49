-- A user's occupied time is a sorted set by start; each member is '<booking>|<end>|<before>|<after>|<event type>',
-- times in epoch seconds and buffers in seconds.
local function occupied_member(booking, slot)
  return string.format('%s|%.0f|%.0f|%.0f|%s', booking, slot['end'], slot.before, slot.after, slot.event_type)
end

local function parse_member(member)
  local booking, stop, before, after, event_type = member:match('^([^|]+)|(%d+)|(%d+)|(%d+)|(.*)$')
  if not booking then error('occupied time is malformed: ' .. member) end
  return booking, tonumber(stop), tonumber(before), tonumber(after), event_type
end

-- Whether `slot` keeps max(earlier.after, later.before) from the user's other bookings. These keep the same
-- distance from each other, so that the nearest one on each side decides for all: no scan.
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

-- Whether one more booking of the event type keeps to each limit: {from, to, most}, from inclusive and to
-- exclusive, which are the local day or week that the start lies in.
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

-- Refuses, before the first write, a slot that is not what the functions here take.
local function expect_slot(slot)
  for _, name in ipairs({'start', 'end', 'before', 'after'}) do
    local value = slot[name]
    if type(value) ~= 'number' or value ~= math.floor(value) or value < 0 or value >= 2 ^ 53 then
      error('slot.' .. name .. ' is not a time')
    end
  end
  if slot['end'] <= slot.start then error('the slot ends before it starts') end
  if type(slot.event_type) ~= 'string' or slot.event_type == '' then error('slot.event_type is missing') end
end

local function expect_limits(limits)
  for _, of_user in pairs(limits or {}) do
    for _, limit in ipairs(of_user) do
      for i = 1, 3 do
        if type(limit[i]) ~= 'number' then error('a limit is not three numbers') end
      end
    end
  end
end
