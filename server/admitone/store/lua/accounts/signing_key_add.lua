--[[
Adds the key that signs from now on, unless another server has added a key since the caller read them.

KEYS
  keys  hash  the sealed keys by id, and as `newest` the id of the key that signs

ARGV[1]
  expected  string?  the value of `newest` that the caller read; left out if there was none
  id        string   the id of the new key
  key       string   the new key, sealed
  retired   strings  ids of the keys whose last signatures are no longer valid

Returns {code}
  OK     added now, or by an earlier attempt of this call
  MOVED  another key is the newest
]]
local newest = redis.call('HGET', keys, 'newest')
if newest == args.id then return {OK} end
if (newest or nil) ~= args.expected then return {MOVED} end

-- From here on only writes.
redis.call('HSET', keys, args.id, args.key, 'newest', args.id)
for _, id in ipairs(args.retired) do redis.call('HDEL', keys, id) end
return {OK}
