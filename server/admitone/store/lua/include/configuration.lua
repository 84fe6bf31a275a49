-- Returns the version of a configuration record, 0 if there is no record. A record is stored as '<version> <json>';
-- its version is the configuration counter at its last change.
local function version_of(config, field)
  local record = redis.call('HGET', config, field)
  if not record then return 0 end
  return tonumber(record:match('^(%d+) ')) or error(field .. ' has no version')
end

-- Returns whether one of the records in `uses` ({field = version}) has changed since the counter was `counter`.
local function has_moved(config, counter, uses)
  if tonumber(redis.call('HGET', config, 'counter') or '0') == counter then return false end
  for field, version in pairs(uses) do
    if version_of(config, field) ~= version then return true end
  end
  return false
end
