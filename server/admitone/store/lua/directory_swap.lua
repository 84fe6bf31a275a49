--[[
Claims, renews or releases a directory key: compare and set.

KEYS[1] entry   string

ARGV[1]
  expected   string?   what the caller read; left out where there is to be nothing
  entry      string?   what to write; left out to release

Returns {code, entry}
  OK          done
  UNCLAIMED   something else is there: it comes with the code, or nothing is
]]
-- include: arguments
-- include: keys

local entry = KEYS[1]
local args = arguments { expected = 'string?', entry = 'string?' }
expect_keys(1)
expect('string', entry)

local there = redis.call('GET', entry)
if there and there == args.entry then return {OK, there} end
if (there or nil) ~= args.expected then return {UNCLAIMED, there} end

-- From here on only writes.
if args.entry then redis.call('SET', entry, args.entry) else redis.call('DEL', entry) end
return {OK, args.entry}
