--[[
Starts the erasure of one address, or that of a filed request, and puts its job into the outbox. From now on jobs
about what was made before skip this address.

KEYS
  erasure   hash    the erasure; exists if it was requested
  erasures  zset    requests and erasures by the time of filing
  erased    string  the time of the last erasure of the address
  jobs      stream  the partition's outbox

ARGV[1]
  id         id
  now        integer   epoch seconds
  by         string    the user
  email      string    the address, sealed
  address    string    the keyed hash of the address
  requested  boolean   whether this carries out a request, which must be open
  job        string
  lifetime   positive  seconds for which jobs skip the address

Returns {code}
  OK         started
  APPLIED    it was started before
  NOT_FOUND  there is no open request
]]
local state = redis.call('HGET', erasure, 'state')
if state == 'running' or state == 'done' then return {APPLIED} end
if args.requested and state ~= 'requested' then return {NOT_FOUND} end

-- From here on only writes.
redis.call('HSET', erasure, 'state', 'running', 'at', args.now, 'by', args.by, 'email', args.email, 'address',
  args.address)
redis.call('ZADD', erasures, args.now, args.id)
redis.call('SET', erased, args.now, 'EX', args.lifetime)
redis.call('XADD', jobs, '*', 'job', args.job)
return {OK}
