--[[
Takes, keeps or releases the lock of migrations. Its owner must take it again before it expires.

KEYS
  lock  string  the owner

ARGV[1]
  owner     string
  is_held   boolean   whether the owner takes or keeps the lock; otherwise it releases the lock
  lifetime  positive  milliseconds until the lock expires

Returns {code, owner}
  OK     `owner` has the lock, or has released it
  TAKEN  another process has it: `owner` says which one
]]
local there = redis.call('GET', lock)
if there and there ~= args.owner then return {TAKEN, there} end

-- From here on only writes.
if args.is_held then
  redis.call('SET', lock, args.owner, 'PX', args.lifetime)
else
  redis.call('DEL', lock)
end
return {OK, args.owner}
