-- Lets a script that ends something pass where Redis is full. Redis refuses a script there unless its first write takes
-- no memory, and lets it pass after any such write. `operation` is a key that does not exist: its operation is new.
local function pass_when_full(operation)
  redis.call('DEL', operation)
end
