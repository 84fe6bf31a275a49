-- Raises an error for another number of keys: the script would notice a missing key only midway.
local function expect_keys(count)
  if #KEYS ~= count then error('there must be ' .. count .. ' keys') end
end

-- Returns `count` keys from number `first` on.
local function keys_from(first, count)
  local found = {}
  for index = 1, count do found[index] = KEYS[first + index - 1] end
  return found
end

local expected = {}

-- Raises an error for a key that was expected to be of another type: while it does not exist, it could become either.
local function expect_once(kind, key)
  local other = expected[key]
  if other and other ~= kind then error(key .. ' cannot be both a ' .. kind .. ' and a ' .. other) end
  expected[key] = kind
end

-- Raises an error for a key of another type: WRONGTYPE midway would leave half of the writes done.
local function expect(kind, key)
  local found = redis.call('TYPE', key).ok
  if found ~= kind and found ~= 'none' then error(key .. ' is a ' .. found .. ', not a ' .. kind) end
  expect_once(kind, key)
end
