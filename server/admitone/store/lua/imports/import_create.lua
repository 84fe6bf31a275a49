--[[
Notes a new import, whose file has been written before.

KEYS
  import   hash  the import; must not exist
  imports  zset  the workspace's imports of this kind by the time of uploading
  file     hash  the file: sealed texts

ARGV[1]
  id      id
  now     integer   epoch seconds
  fields  pairs     fields of the import: name, value, …
  listed  positive  seconds for which the import is listed
  kept    positive  seconds for which the file is kept

Returns {code}
  OK         noted
  APPLIED    it was noted before
  NOT_FOUND  the file has expired meanwhile
]]
if #args.fields == 0 then error('there is nothing to note') end
local exists, is_kept = redis.call('EXISTS', import) == 1, redis.call('EXISTS', file) == 1
if not exists and not is_kept then return {NOT_FOUND} end

-- From here on only writes.
if exists then
  -- An upload of the same file has written it again, to be kept for minutes only.
  if is_kept then redis.call('EXPIRE', file, args.kept) end
  return {APPLIED}
end
redis.call('HSET', import, unpack(args.fields))
redis.call('EXPIRE', import, args.listed)
redis.call('EXPIRE', file, args.kept)
redis.call('ZREMRANGEBYSCORE', imports, '-inf', args.now - args.listed)
redis.call('ZADD', imports, args.now, args.id)
return {OK}
