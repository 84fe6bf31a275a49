-- Raises an error for another number of keys: the script would notice a missing key only midway.
local function expect_keys(count)
  if #KEYS ~= count then error('there must be ' .. count .. ' keys') end
end

-- Returns `count` keys from number `first` on.
local function keys_from(first, count)
  local found = {}
  for index = first, first + count - 1 do found[#found + 1] = KEYS[index] end
  return found
end

local expected = {}

-- Raises an error for a key of another type: WRONGTYPE midway would leave half of the writes done. The same
-- key for two types is an error too: while the key does not exist, it could become either.
local function expect(kind, ...)
  for _, key in ipairs({...}) do
    local found = redis.call('TYPE', key).ok
    if found ~= kind and found ~= 'none' then error(key .. ' is a ' .. found .. ', not a ' .. kind) end
    if (expected[key] or kind) ~= kind then error(key .. ' cannot be both a ' .. kind .. ' and a ' .. expected[key]) end
    expected[key] = kind
  end
end

-- As expect('stream', …), and raises an error for a stream whose ids are used up: XADD would fail midway.
local function expect_streams(...)
  for _, key in ipairs({...}) do
    expect('stream', key)
    if redis.call('EXISTS', key) == 1 then
      local about = redis.call('XINFO', 'STREAM', key)
      for i = 1, #about, 2 do
        if about[i] == 'last-generated-id' and #about[i + 1]:match('^%d+') > 15 then
          error(key .. ' has no id left')
        end
      end
    end
  end
end
