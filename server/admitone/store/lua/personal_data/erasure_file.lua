--[[
Files a customer's request to erase their data, once for each booking; a request that was declined is filed again.

KEYS
  erasure   hash  the request
  erasures  zset  requests and erasures by the time of filing
  booking   hash  the part of the booking that changes

ARGV[1]
  id       id
  booking  string
  now      integer  epoch seconds

Returns {code}
  OK         filed
  UNCHANGED  it was filed before, and is open, or being carried out
  NOT_FOUND  there is no such booking
]]
if redis.call('HEXISTS', booking, 'status') == 0 then return {NOT_FOUND} end
local state = redis.call('HGET', erasure, 'state')
if state and state ~= 'declined' then return {UNCHANGED} end

-- From here on only writes.
redis.call('HSET', erasure, 'state', 'requested', 'at', args.now, 'by', 'customer', 'booking', args.booking)
redis.call('ZADD', erasures, args.now, args.id)
return {OK}
