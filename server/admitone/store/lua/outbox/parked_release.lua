--[[
Releases parked jobs: puts them back into the outbox, or discards them.

KEYS
  jobs    stream  the partition's outbox
  parked  hash    jobs that failed permanently, by id
  times   zset    ids of the parked jobs, by the time of parking
  totals  hash    counters of the partition

ARGV[1]
  parked  array  each {id, fields?}: `fields` are {name, value, …} of the new entry, left out to discard the job

Returns {code, released}
  OK  comes with the number of jobs released now; those released before do not count
]]
-- include: counters

expect_counters(totals, 'parked')

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
-- What frees memory comes first: so a full Redis lets the whole script pass.
for _, one in ipairs(there) do
  redis.call('HDEL', parked, one.id)
  redis.call('ZREM', times, one.id)
  if one.fields then redis.call('XADD', jobs, '*', unpack(one.fields)) end
end
if #there > 0 then count(totals, 'parked', -#there) end
return {OK, #there}
