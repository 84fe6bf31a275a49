--[[
Stamps an empty database with the schema number, the number of partitions and a proof of the secret key; reads the
stamp of a database in use. A stamp that lacks the proof gets it if schema and partitions are equal.

KEYS
  meta  hash  the stamp

ARGV[1]
  schema      integer
  partitions  integer
  proof       string   an empty text, sealed with the secret key

Returns {code, schema, partitions, proof, migrating}
  OK         stamped now
  UNCHANGED  stamped before, with these values; `migrating` is the schema from which a migration has begun, or empty
]]
local names = {'schema', 'partitions', 'proof', 'migrating'}
local schema, partitions, proof, migrating = unpack(redis.call('HMGET', meta, unpack(names)))
local is_other = schema ~= tostring(args.schema) or partitions ~= tostring(args.partitions)
if schema and (proof or is_other) then return {UNCHANGED, schema, partitions or '', proof or '', migrating or ''} end

-- From here on only writes.
redis.call('HSET', meta, 'schema', args.schema, 'partitions', args.partitions, 'proof', args.proof)
return {OK, tostring(args.schema), tostring(args.partitions), args.proof, migrating or ''}
