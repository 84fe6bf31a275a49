--[[
Stamps an empty database with the schema's version, the number of partitions and a proof of the secret key; reads
the stamp of one in use, which gets the proof that it lacks if the rest is right.

KEYS[1] meta   hash

ARGV[1]
  schema       integer
  partitions   integer
  proof        string    sealed

Returns {code, schema, partitions, proof}
  OK          stamped now
  UNCHANGED   stamped before, with these
]]
-- include: arguments
-- include: keys

local meta = KEYS[1]
local args = arguments { schema = 'integer', partitions = 'integer', proof = 'string' }
expect_keys(1)
expect('hash', meta)

local schema, partitions, proof = unpack(redis.call('HMGET', meta, 'schema', 'partitions', 'proof'))
local is_other = schema ~= tostring(args.schema) or partitions ~= tostring(args.partitions)
if schema and (proof or is_other) then return {UNCHANGED, schema, partitions or '', proof or ''} end

-- From here on only writes.
redis.call('HSET', meta, 'schema', args.schema, 'partitions', args.partitions, 'proof', args.proof)
return {OK, tostring(args.schema), tostring(args.partitions), args.proof}
