--[[
Claims, renews or releases a name in the directory (compare and set).

KEYS
  entry  string  the claim on the name: JSON

ARGV[1]
  expected  string?  the value that the caller read; left out if there was none
  entry     string?  the new value; left out to release the name

Returns {code, entry}
  OK         done
  UNCLAIMED  the value is another one, which comes with the code, or there is none
]]
local there = redis.call('GET', entry)
if there and there == args.entry then return {OK, there} end
if (there or nil) ~= args.expected then return {UNCLAIMED, there} end

-- From here on only writes.
if args.entry then redis.call('SET', entry, args.entry) else redis.call('DEL', entry) end
return {OK, args.entry}
