-- The tally of a user for one page and event type is stored as 'assigned cancelled no_show base order created'
-- (domain/availability/distribution.py, Tally). A user who was never chosen has none.
local ROSTER, ORDER = '*roster', '*order'
local TALLY = '^(%d+) (%d+) (%d+) (%-?%d+) (%d+) (%d+)$'

local function parse_tally(text)
  local assigned, cancelled, no_show, base, order, created = text:match(TALLY)
  if not assigned or #text > 64 then error('a tally is malformed: ' .. text) end
  return {
    assigned = tonumber(assigned), cancelled = tonumber(cancelled), no_show = tonumber(no_show),
    base = tonumber(base), order = tonumber(order), created = tonumber(created),
  }
end

local function tally_text(tally)
  return string.format('%.0f %.0f %.0f %.0f %.0f %.0f', tally.assigned, tally.cancelled, tally.no_show, tally.base,
    tally.order, tally.created)
end

local function no_tally()
  return {assigned = 0, cancelled = 0, no_show = 0, base = 0, order = 0, created = 0}
end

-- Returns the number of bookings that were assigned so far; the next one has the next number.
local function last_order(turns)
  return tonumber(redis.call('HGET', turns, ORDER) or '0') or error('the order is not a number')
end

-- Returns the tallies of `users` by user. A user without one gets `default()`; without `default` that is an error.
local function read_tallies(turns, users, default)
  local found = {}
  if #users == 0 then return found end
  local texts = redis.call('HMGET', turns, unpack(users))
  for index, user in ipairs(users) do
    if not texts[index] and not default then error(turns .. ' lacks ' .. user) end
    found[user] = texts[index] and parse_tally(texts[index]) or default()
  end
  return found
end

-- Returns the fields of `turns` to write after `field` of each of `users` has grown by one (or by `number`): name, text, …
local function tallied(turns, users, field, number)
  local changes = {}
  for user, tally in pairs(read_tallies(turns, users)) do
    tally[field] = math.max(0, tally[field] + (number or 1))
    changes[#changes + 1] = user
    changes[#changes + 1] = tally_text(tally)
  end
  return changes
end
