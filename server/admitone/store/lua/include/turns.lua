-- Whose turn it is among the members of the places of a booking. The rules are the same as in
-- domain/availability/distribution.py; a test compares the two.

-- Returns the turn of a user: the lowest turn is next.
local function turn_of(tally, order)
  local missed = order.correction and tally.cancelled + tally.no_show or 0
  return tally.base + tally.assigned - missed
end

-- Returns {tallies, changed, roster, last}: the tallies of the members of all places, the users whose tally must be
-- written, the members as text, and the number of the last booking. A member who was not one at the last booking (new,
-- or back again) starts at the minimum of the others.
local function enrol(turns, orders)
  local there, members, joined = {}, {}, {}
  for user in (redis.call('HGET', turns, ROSTER) or ''):gmatch('[^,]+') do there[user] = true end
  for _, order in ipairs(orders) do
    for _, user in ipairs(order.members) do
      if not joined[user] then members[#members + 1], joined[user] = user, true end
    end
  end
  local enrolled = {tallies = read_tallies(turns, members, no_tally), changed = {}, roster = table.concat(members, ',')}
  enrolled.last = last_order(turns)
  for _, order in ipairs(orders) do
    local least
    for _, user in ipairs(order.members) do
      local turn = turn_of(enrolled.tallies[user], order)
      if there[user] and (not least or turn < least) then least = turn end
    end
    for _, user in ipairs(order.members) do
      local tally = enrolled.tallies[user]
      local behind = (least or 0) - turn_of(tally, order)
      if not there[user] and not enrolled.changed[user] and behind ~= 0 then
        tally.base, enrolled.changed[user] = tally.base + behind, true
      end
    end
  end
  return enrolled
end

-- Returns the fields of `turns` to write after the users `chosen` got a booking at `now`: name, text, …
local function kept_turns(enrolled, chosen, now)
  local order = enrolled.last + 1
  for _, user in ipairs(chosen) do
    local tally = enrolled.tallies[user]
    if not tally then
      tally = no_tally()
      enrolled.tallies[user] = tally
    end
    tally.assigned, tally.order, tally.created, enrolled.changed[user] = tally.assigned + 1, order, now, true
  end
  local changes = {ROSTER, enrolled.roster, ORDER, string.format('%.0f', order)}
  for user in pairs(enrolled.changed) do
    changes[#changes + 1] = user
    changes[#changes + 1] = tally_text(enrolled.tallies[user])
  end
  return changes
end
