-- Why a link may not be booked at `now`, as a code, or nil. The order is product.md's: booked, revoked,
-- expired; what makes a link unavailable lies in the configuration, which the caller has read.
local function link_refusal(link, now)
  local booked, revoked, expires, page = unpack(redis.call('HMGET', link, 'booked', 'revoked', 'expires', 'page'))
  if not page then return NOT_FOUND end
  if booked then return LINK_BOOKED end
  if revoked then return LINK_REVOKED end
  if expires and tonumber(expires) <= now then return LINK_EXPIRED end
  return nil
end

-- The ids of a link's bookings, oldest first, separated by commas. Those before the one that it is booked by are
-- its field `earlier`, which few links need.
local function bookings_of(link)
  local earlier, booked = unpack(redis.call('HMGET', link, 'earlier', 'booked'))
  if earlier and booked then return earlier .. ',' .. booked end
  return earlier or booked or ''
end

-- Whether cancelling `booking` makes the link active again: it is to, and has neither expired nor been revoked.
local function reactivates_on_cancel(link, booking, now)
  local on_cancel, booked, revoked, expires = unpack(redis.call('HMGET', link, 'on_cancel', 'booked', 'revoked', 'expires'))
  return on_cancel == 'reactivate' and booked == booking and not revoked
    and not (expires and tonumber(expires) <= now)
end
