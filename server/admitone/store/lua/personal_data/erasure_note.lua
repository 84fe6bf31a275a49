--[[
Notes the progress of an erasure, or its end. At its end it forgets the address and the booking.

KEYS
  erasure  hash  the erasure or request

ARGV[1]
  from    string   the state in which it must be
  fields  pairs    fields to set: name, value, …
  unset   strings  names of fields to remove

Returns {code}
  OK         noted
  UNCHANGED  it is in another state
]]
if #args.fields == 0 then error('there is nothing to note') end
if redis.call('HGET', erasure, 'state') ~= args.from then return {UNCHANGED} end

-- From here on only writes.
-- What frees memory comes first: so a full Redis lets the whole script pass.
if #args.unset > 0 then redis.call('HDEL', erasure, unpack(args.unset)) end
redis.call('HSET', erasure, unpack(args.fields))
return {OK}
