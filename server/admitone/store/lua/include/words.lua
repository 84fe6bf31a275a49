-- Adds members to a word index, as many at a time as `unpack` passes on.
local function add_words(index, members)
  for first = 1, #members, 1000 do
    local added = {}
    for place = first, math.min(first + 999, #members) do
      added[#added + 1], added[#added + 2] = 0, members[place]
    end
    redis.call('ZADD', index, unpack(added))
  end
end
