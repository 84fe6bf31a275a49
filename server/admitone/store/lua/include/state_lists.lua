-- Each link is in one list by state at most. A booked or revoked link is in the list of that state; one that is neither
-- is in `expiring_links`, by its expiry (epoch seconds), and in `expired_links` once that was announced; one that never
-- expires is in none. The lists of states are by creation time, as the list of all links.

-- Returns the place of a link in the lists by creation time. Raises an error for a link that is in no list.
local function link_place(links, id)
  return redis.call('ZSCORE', links, id) or error(id .. ' is not in the list of links')
end

-- Returns the list of a link that is neither booked nor revoked; nil if it never expires. `expires` and `expired` are the
-- texts in its hash.
local function list_of_open(expires, expired, expired_links, expiring_links)
  if not expires then return nil end
  return expired == expires and expired_links or expiring_links
end

-- Returns the list, and the place in it, of a link that is neither booked nor revoked and expires at `expires`, a text
-- as its hash has it; nil if it never expires. Raises an error for another text.
local function open_list(link, expires, place, expired_links, expiring_links)
  if not expires then return nil end
  local at = tonumber(expires)
  integer('expires', at)
  if redis.call('HGET', link, 'expired') == expires then return expired_links, place end
  return expiring_links, string.format('%.0f', at)
end

-- Moves a link that is booked into the list of booked links, at `place`, from the list `open`, if it is in one.
local function list_booked(id, open, booked_links, place)
  if open then redis.call('ZREM', open, id) end
  redis.call('ZADD', booked_links, place, id)
end

-- Takes a link out of the lists by state, and puts it into `list`, if there is one, at `place`.
local function relist(id, list, place, booked_links, revoked_links, expired_links, expiring_links)
  redis.call('ZREM', booked_links, id)
  redis.call('ZREM', revoked_links, id)
  redis.call('ZREM', expired_links, id)
  redis.call('ZREM', expiring_links, id)
  if list then redis.call('ZADD', list, place, id) end
end
