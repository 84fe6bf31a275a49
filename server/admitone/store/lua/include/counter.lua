-- Returns the next value of the configuration counter: one more, and at least `milliseconds`, the caller's time. If a
-- failover loses a write, the counter is turned back. It never reaches a lost value again, because time has moved on.
local function next_counter(config, milliseconds)
  return math.max(tonumber(redis.call('HGET', config, 'counter') or '0') + 1, milliseconds)
end
