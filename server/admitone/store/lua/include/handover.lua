-- The one place in which two arrays of users differ. Refuses, before the first write, any others, and a user
-- who would be in both places of a booking.
local function different_place(users, after)
  if #users ~= #after then error('places can neither come nor go') end
  local found, there = nil, {}
  for place, user in ipairs(after) do
    if there[user] then error(user .. ' is named twice') end
    there[user] = true
    if user ~= users[place] then
      if found then error('one place is given away at a time') end
      found = place
    end
  end
  return found or error('nothing is given away')
end

-- The fields to write when a booking goes from one user to another, who counts as having got it at `now`: name,
-- text, …
local function handed_over(turns, from, to, now)
  local order = last_order(turns) + 1
  local giver = read_tallies(turns, {from})[from]
  local taker = read_tallies(turns, {to}, no_tally)[to]
  if giver.assigned == 0 then error(from .. ' was never given anything') end
  giver.assigned = giver.assigned - 1
  taker.assigned, taker.order, taker.created = taker.assigned + 1, order, now
  return {from, tally_text(giver), to, tally_text(taker), ORDER, string.format('%.0f', order)}
end
