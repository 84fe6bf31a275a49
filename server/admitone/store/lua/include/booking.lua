-- Returns the fields of a booking that is still as the caller read it; or nil and a code. If its SEQUENCE is another,
-- somebody changed the booking: the caller's decision (by its policy, about its hosts) may be wrong. If it was counted
-- meanwhile (`counted`, include/figures.lua), the caller's counters are.
local function known_booking(booking, args)
  local names = {'status', 'start', 'end', 'before', 'after', 'event_type', 'sequence', 'users', 'pages', 'counted'}
  local values = redis.call('HMGET', booking, unpack(names))
  if not values[1] then return nil, NOT_FOUND end
  local there = {}
  for i, name in ipairs(names) do there[name] = values[i] end
  if tonumber(there.sequence or '0') ~= args.sequence then return nil, MOVED end
  if there.users ~= table.concat(args.users, ',') or (there.counted or nil) ~= args.counted then return nil, MOVED end
  for _, name in ipairs({'start', 'end', 'before', 'after'}) do there[name] = tonumber(there[name]) end
  expect_slot(there)
  return there
end

-- As known_booking, of a booking that is live.
local function live_booking(booking, args)
  local there, refusal = known_booking(booking, args)
  if refusal then return nil, refusal end
  if there.status ~= 'scheduled' and there.status ~= 'rescheduled' then return nil, MOVED end
  return there
end
