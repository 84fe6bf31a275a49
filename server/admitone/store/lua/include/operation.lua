-- What an operation answered the first time, or nil. `key` is nil where the record's id identifies it.
local function applied(key)
  return key and redis.call('GET', key) or nil
end

-- Keeps `answer` under the operation for `seconds`; a re-sent operation then answers as the first time.
local function remember(key, answer, seconds)
  if key then redis.call('SET', key, answer, 'EX', seconds) end
end
