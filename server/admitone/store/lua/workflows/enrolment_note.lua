--[[
Notes how far an enrolment has come, or its end.

KEYS
  enrolment  hash  the enrolment

ARGV[1]
  looked_at  integer  how many contacts it had looked at when the caller read it
  fields     pairs    fields to set: name, value, …

Returns {code}
  OK         noted
  UNCHANGED  it has come further, has ended, or is gone
]]
if #args.fields == 0 then error('there is nothing to note') end
local state, looked_at = unpack(redis.call('HMGET', enrolment, 'state', 'looked_at'))
if state ~= 'running' or tonumber(looked_at) ~= args.looked_at then return {UNCHANGED} end

-- From here on only writes.
redis.call('HSET', enrolment, unpack(args.fields))
return {OK}
