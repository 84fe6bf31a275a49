-- Returns the fields of a booking that is live and still as the caller read it; or nil and a code. If its SEQUENCE
-- is another, somebody changed the booking: the caller's decision (by its policy, about its hosts) may be wrong.
local function live_booking(booking, sequence, users)
  local names = {'status', 'start', 'end', 'before', 'after', 'event_type', 'sequence', 'users', 'pages'}
  local values = redis.call('HMGET', booking, unpack(names))
  if not values[1] then return nil, NOT_FOUND end
  local there = {}
  for i, name in ipairs(names) do there[name] = values[i] end
  if tonumber(there.sequence or '0') ~= sequence or there.users ~= table.concat(users, ',') then return nil, MOVED end
  if there.status ~= 'scheduled' and there.status ~= 'rescheduled' then return nil, MOVED end
  for _, name in ipairs({'start', 'end', 'before', 'after'}) do there[name] = tonumber(there[name]) end
  expect_slot(there)
  return there
end
