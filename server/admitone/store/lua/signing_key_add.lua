--[[
Adds the key that signs from now on, unless another server has added one since the caller looked.

KEYS[1] keys   hash: by its id each key, and in `newest` the id of the one that signs

ARGV[1]
  expected   string?   the newest key that the caller saw; left out where there was none
  id         string
  key        string    sealed
  retired    table     ids of keys that nothing good is signed by any more

Returns {code}
  OK      added, or re-sent
  MOVED   another key is the newest
]]
-- include: arguments
-- include: keys

local keys = KEYS[1]
local args = arguments { expected = 'string?', id = 'string', key = 'string', retired = 'table' }
expect_keys(1)
expect('hash', keys)
strings('retired', args.retired)

local newest = redis.call('HGET', keys, 'newest')
if newest == args.id then return {OK} end
if (newest or nil) ~= args.expected then return {MOVED} end

-- From here on only writes.
redis.call('HSET', keys, args.id, args.key, 'newest', args.id)
for _, id in ipairs(args.retired) do redis.call('HDEL', keys, id) end
return {OK}
