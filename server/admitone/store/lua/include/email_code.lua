-- A code that confirms an email address is a hash: `hash` is the keyed hash of the code, `until` the time at which it
-- ends (epoch seconds), `tried` the ids of the bookings that came with a wrong code, each followed by a comma.
local CODE_TRIES = 5

-- Returns whether the code can still be used at `now`.
local function is_valid_code(key, now)
  local ends, tried = unpack(redis.call('HMGET', key, 'until', 'tried'))
  local _, tries = (tried or ''):gsub(',', ',')
  return (tonumber(ends or '') or 0) > now and tries < CODE_TRIES
end

-- Returns whether `hash` is that of the code. If it is wrong for a code that can still be used, also returns what
-- `tried` has to be then; a booking that is sent again after a lost connection is the same try.
local function check_code(key, hash, now, booking)
  if not is_valid_code(key, now) then return false end
  local known, tried = unpack(redis.call('HMGET', key, 'hash', 'tried'))
  if known == hash then return true end
  tried = tried or ''
  if (',' .. tried):find(',' .. booking .. ',', 1, true) then return false end
  return false, tried .. booking .. ','
end
