-- Returns for each place the index of one free user, all distinct, first in the order of the candidates; or nil if
-- there is no such choice. `places` is an array of arrays of indexes; `free(index)` is called at most once for each
-- index. The search moves earlier places to other users (Kuhn's augmenting paths). It does not try all choices: for
-- 12 places and 11 users there are 12! of them.
local function fill(places, free)
  local known, place_of, chosen, fixed = {}, {}, {}, {}
  local function is_open(index)
    if known[index] == nil then known[index] = free(index) end
    return known[index]
  end
  local function settle(place, tried)
    for _, index in ipairs(places[place]) do
      if not tried[index] and not fixed[index] and is_open(index) then
        tried[index] = true
        if not place_of[index] or settle(place_of[index], tried) then
          place_of[index], chosen[place] = place, index
          return true
        end
      end
    end
    return false
  end
  for place = 1, #places do
    if not settle(place, {}) then return nil end
  end
  -- Every place can be filled. Now each place in turn takes the first user with whom the later places can still be.
  for place = 1, #places do
    for _, index in ipairs(places[place]) do
      local before, holder = chosen[place], place_of[index]
      if index == before then break end
      if not fixed[index] and is_open(index) then
        place_of[before], place_of[index], chosen[place] = nil, place, index
        if not holder or settle(holder, {[index] = true}) then break end
        place_of[before], place_of[index], chosen[place] = place, holder, before
      end
    end
    fixed[chosen[place]] = true
  end
  return chosen
end

-- Raises an error, before the first write, for places that name others than `users`, and for a user named twice, who
-- could fill two places of one booking.
local function expect_places(places, users)
  array('places', places)
  if #places == 0 then error('there is no place') end
  for _, candidates in ipairs(places) do
    array('a place', candidates)
    for _, index in ipairs(candidates) do
      integer('a candidate', index)
      if not users[index] then error('a place names an index that is not in users') end
    end
  end
  local named = {}
  for _, user in ipairs(users) do
    if named[user] then error(user .. ' is named twice') end
    named[user] = true
  end
end
