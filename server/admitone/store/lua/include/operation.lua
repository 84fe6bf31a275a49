-- Returns the answer that is kept for an operation, or nil. `key` is nil if a record's own id identifies the operation.
local function applied(key)
  return key and redis.call('GET', key) or nil
end

-- Keeps `answer` for `seconds`: the operation, sent again, then answers as the first time.
local function remember(key, answer, seconds)
  if key then redis.call('SET', key, answer, 'EX', seconds) end
end
