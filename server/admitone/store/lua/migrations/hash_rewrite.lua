--[[
Rewrites fields of a hash, if they are still what the caller read (compare and set).

KEYS
  holder  hash  the record

ARGV[1]
  expected  pairs    the fields to rewrite or remove, as the caller read them
  set       pairs    the new values; a field that `expected` does not name must be missing
  unset     strings  names of fields to remove

Returns {code}
  OK     written now, or by an earlier attempt of this call
  MOVED  a field is no longer what the caller read
]]
local function is_written()
  for i = 1, #args.set, 2 do
    if redis.call('HGET', holder, args.set[i]) ~= args.set[i + 1] then return false end
  end
  for _, name in ipairs(args.unset) do
    if redis.call('HEXISTS', holder, name) == 1 then return false end
  end
  return true
end

if is_written() then return {OK} end
local expected = {}
for i = 1, #args.expected, 2 do expected[args.expected[i]] = args.expected[i + 1] end
for i = 1, #args.set, 2 do
  if redis.call('HGET', holder, args.set[i]) ~= (expected[args.set[i]] or false) then return {MOVED} end
end
for _, name in ipairs(args.unset) do
  if redis.call('HGET', holder, name) ~= expected[name] then return {MOVED} end
end

-- From here on only writes.
if #args.set > 0 then redis.call('HSET', holder, unpack(args.set)) end
if #args.unset > 0 then redis.call('HDEL', holder, unpack(args.unset)) end
return {OK}
