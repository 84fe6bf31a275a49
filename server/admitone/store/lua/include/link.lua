-- Returns these fields of a link by their names; a missing one is false.
local function link_fields(link, ...)
  local values, found = redis.call('HMGET', link, ...), {}
  for index, name in ipairs({...}) do found[name] = values[index] end
  return found
end

-- Returns the code of the reason why a link cannot be booked at `now`, or nil. `there` has its fields booked, revoked,
-- expires, page and deleted. The order of the reasons is a rule (docs/rules/links.md): booked, revoked, expired. Whether a
-- link is unavailable follows from the configuration, which the caller has read.
local function link_refusal(there, now)
  if there.deleted then return LINK_BOOKED end -- it answers as any used link does
  if not there.page then return NOT_FOUND end
  if there.booked then return LINK_BOOKED end
  if there.revoked then return LINK_REVOKED end
  if there.expires and tonumber(there.expires) <= now then return LINK_EXPIRED end
  return nil
end

-- As `link_refusal`, for the hash of a link.
local function refusal_of(link, now)
  return link_refusal(link_fields(link, 'booked', 'revoked', 'expires', 'page', 'deleted'), now)
end

-- Returns the ids of a link's bookings, oldest first, separated by commas. `booked` is the present booking; the field
-- `earlier` holds the ones before, and few links have it.
local function bookings_of(link)
  local earlier, booked = unpack(redis.call('HMGET', link, 'earlier', 'booked'))
  if earlier and booked then return earlier .. ',' .. booked end
  return earlier or booked or ''
end

-- Returns whether something has changed from which search words of a link follow: its bookings or its note. Its person
-- never changes.
local function have_words_moved(link, bookings, note)
  return bookings_of(link) ~= table.concat(bookings, ',') or (redis.call('HGET', link, 'note') or '') ~= note
end

-- Returns whether a link was booked `most` times. Such a link stays booked, even if its bookings are cancelled.
local function is_used_up(link, most)
  local _, count = bookings_of(link):gsub('[^,]+', '')
  return count >= most
end

-- Returns whether cancelling `booking` makes the link active again: it is set to (`on_cancel`), is neither revoked nor
-- expired, and was booked less than `most` times.
local function reactivates_on_cancel(link, booking, now, most)
  local names = {'on_cancel', 'booked', 'revoked', 'expires'}
  local on_cancel, booked, revoked, expires = unpack(redis.call('HMGET', link, unpack(names)))
  return on_cancel == 'reactivate' and booked == booking and not revoked
    and not (expires and tonumber(expires) <= now) and not is_used_up(link, most)
end
