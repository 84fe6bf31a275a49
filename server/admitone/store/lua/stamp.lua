--[[
Stamps an empty database with the schema's version and the number of partitions; reads the stamp of one in use.

KEYS[1] meta   hash

ARGV[1]
  schema       integer
  partitions   integer

Returns {code, schema, partitions}
  OK          stamped now
  UNCHANGED   stamped before, with these
]]
-- include: arguments
-- include: keys

local meta = KEYS[1]
local args = arguments { schema = 'integer', partitions = 'integer' }
expect_keys(1)
expect('hash', meta)

local schema, partitions = unpack(redis.call('HMGET', meta, 'schema', 'partitions'))
if schema then return {UNCHANGED, schema, partitions} end

-- From here on only writes.
redis.call('HSET', meta, 'schema', args.schema, 'partitions', args.partitions)
return {OK, tostring(args.schema), tostring(args.partitions)}
