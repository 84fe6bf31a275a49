--[[
Marks the beginning or the end of a migration in the stamp. From its beginning on the stamp has the new number, so
that no server of an earlier version starts.

KEYS
  meta  hash  the stamp

ARGV[1]
  from     integer  the schema of the stored data
  to       integer  the schema that they get
  is_done  boolean  whether all data have been rewritten

Returns {code}
  OK     marked now, or before
  MOVED  the stamp has another schema
]]
local schema, migrating = unpack(redis.call('HMGET', meta, 'schema', 'migrating'))
local has_begun = schema == tostring(args.to)
if not has_begun and (args.is_done or (migrating or schema) ~= tostring(args.from)) then return {MOVED} end

-- From here on only writes.
if args.is_done then
  redis.call('HDEL', meta, 'migrating')
elseif not has_begun then
  redis.call('HSET', meta, 'schema', args.to, 'migrating', args.from)
end
return {OK}
