-- Refuses another number of keys: a missing one would be noticed midway.
local function expect_keys(count)
  if #KEYS ~= count then error('there must be ' .. count .. ' keys') end
end

local expected = {}

-- Refuses, before the first write, a key of another type: WRONGTYPE midway would leave half of the writes. So
-- would one key for two types, both of which it may become while it is not there.
local function expect(kind, ...)
  for _, key in ipairs({...}) do
    local found = redis.call('TYPE', key).ok
    if found ~= kind and found ~= 'none' then error(key .. ' is a ' .. found .. ', not a ' .. kind) end
    if (expected[key] or kind) ~= kind then error(key .. ' cannot be both a ' .. kind .. ' and a ' .. expected[key]) end
    expected[key] = kind
  end
end

-- As expect('stream', …), and refuses a stream that has no id left to give to another entry.
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
