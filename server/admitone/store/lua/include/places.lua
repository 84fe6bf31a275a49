-- The first choice, in the candidates' order, of one distinct free user for each place, or nil. `places` is
-- an array of arrays of indexes; `free(index)` is asked at most once for each index. A choice that the places
-- before agree to is looked for by moving them on (Kuhn's augmenting paths), never by trying all choices:
-- there are 12! of them for 12 places and 11 users.
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
  -- Every place can be filled. Now each in turn takes the first user with whom the later ones still can be.
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

-- Refuses, before the first write, places that name anything but `users`, and a user who is named twice: they
-- could fill two places of one booking.
local function expect_places(places, users)
  array('places', places)
  if #places == 0 then error('there is no place to fill') end
  for _, candidates in ipairs(places) do
    array('a place', candidates)
    for _, index in ipairs(candidates) do
      integer('a candidate', index)
      if not users[index] then error('a place names nobody') end
    end
  end
  local named = {}
  for _, user in ipairs(users) do
    if named[user] then error(user .. ' is named twice') end
    named[user] = true
  end
end
