--[[
Says that a process is alive, unless the data have another schema than the one that it knows.

KEYS
  meta       hash    the stamp
  processes  set     every process that has started and not ended in order
  process    string  exists while this process is alive

ARGV[1]
  schema    integer   the schema that the process knows
  name      string    the process, in `processes`
  lifetime  positive  seconds until the process counts as dead

Returns {code}
  OK
  MOVED  the data have another schema: the process must end
]]
local schema = redis.call('HGET', meta, 'schema')
if schema and schema ~= tostring(args.schema) then return {MOVED} end

-- From here on only writes.
-- A full Redis lets the script pass, as its first write takes no memory: a process that cannot say so counts as dead.
redis.call('EXPIRE', process, args.lifetime)
redis.call('SADD', processes, args.name)
redis.call('SET', process, '1', 'EX', args.lifetime)
return {OK}
