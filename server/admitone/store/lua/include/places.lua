-- The first choice, in the candidates' order, of one distinct free user for each place, or nil. `places` is
-- an array of arrays of indexes; `free(index)` is asked at most once for each index.
local function fill(places, free)
  local known, used, chosen = {}, {}, {}
  local function is_open(index)
    if known[index] == nil then known[index] = free(index) end
    return known[index] and not used[index]
  end
  local function from(place)
    if place > #places then return true end
    for _, index in ipairs(places[place]) do
      if is_open(index) then
        used[index], chosen[place] = true, index
        if from(place + 1) then return true end
        used[index] = nil
      end
    end
    return false
  end
  return from(1) and chosen or nil
end

-- Refuses, before the first write, places that name anything but one of `count` users.
local function expect_places(places, count)
  if #places == 0 then error('there is no place to fill') end
  for _, candidates in ipairs(places) do
    for _, index in ipairs(candidates) do
      if type(index) ~= 'number' or index < 1 or index > count or index ~= math.floor(index) then
        error('a place names nobody')
      end
    end
  end
end
