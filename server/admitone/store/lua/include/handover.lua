-- Returns the one place at which two arrays of users differ. Raises an error, before the first write, for other
-- arrays, and for a user who would fill two places of a booking.
local function different_place(users, after)
  if #users ~= #after then error('the number of places cannot change') end
  local found, there = nil, {}
  for place, user in ipairs(after) do
    if there[user] then error(user .. ' is named twice') end
    there[user] = true
    if user ~= users[place] then
      if found then error('only one place is reassigned at a time') end
      found = place
    end
  end
  return found or error('no place is reassigned')
end

-- Returns the fields of `turns` to write when a booking goes from one user to another at `now`: name, text, …
local function handed_over(turns, from, to, now)
  local order = last_order(turns) + 1
  local giver = read_tallies(turns, {from})[from]
  local taker = read_tallies(turns, {to}, no_tally)[to]
  if giver.assigned == 0 then error(from .. ' has no booking to give away') end
  giver.assigned = giver.assigned - 1
  taker.assigned, taker.order, taker.created = taker.assigned + 1, order, now
  return {from, tally_text(giver), to, tally_text(taker), ORDER, string.format('%.0f', order)}
end
