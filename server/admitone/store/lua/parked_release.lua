--[[
Lets go of parked jobs: puts them back into the outbox, or discards them.

KEYS[1] jobs      stream: the partition's outbox
KEYS[2] parked    hash: what failed for good, by its id
KEYS[3] times     zset: their ids by the time when they were parked
KEYS[4] totals    hash: the partition's counters

ARGV[1]
  parked   table   for each {id, fields?}: `fields` {name, value, …} of its new entry, left out to discard it

Returns {code, released}
  OK   with how many there were; those that had been let go of before are left out
]]
-- include: arguments
-- include: keys
-- include: counters

local jobs, parked, times, totals = unpack(KEYS)
local args = arguments { parked = 'table' }
expect_keys(4)
expect_streams(jobs)
expect('hash', parked, totals)
expect('zset', times)
expect_counters(totals, 'parked')
array('parked', args.parked)

local there, seen = {}, {}
for _, one in ipairs(args.parked) do
  if type(one) ~= 'table' or type(one.id) ~= 'string' then error('a parked job has no id') end
  if one.fields then
    strings('fields', one.fields, true)
    if #one.fields == 0 then error('an entry is empty') end
  end
  if not seen[one.id] and redis.call('HEXISTS', parked, one.id) == 1 then there[#there + 1] = one end
  seen[one.id] = true
end

-- From here on only writes.
for _, one in ipairs(there) do
  if one.fields then redis.call('XADD', jobs, '*', unpack(one.fields)) end
  redis.call('HDEL', parked, one.id)
  redis.call('ZREM', times, one.id)
end
if #there > 0 then count(totals, 'parked', -#there) end
return {OK, #there}
