--[[
Notes the progress of an import, or its end. A file whose parts are done, or whose import has ended, loses them.

KEYS
  import    hash           the import
  file      hash           its file: sealed texts
  activity  stream         the workspace's activity stream
  jobs      stream if job  the partition's outbox

ARGV[1]
  from      string    the state in which it must be
  position  integer   the part at which it must stand
  fields    pairs     fields to set: name, value, …
  drops     strings   fields of the file to remove
  keeps     pairs     fields of the file to set, unless it has expired
  job       string?   a job that follows
  entries   strings   events for the activity stream

Returns {code}
  OK         noted
  UNCHANGED  it is in another state, or at another part
]]
-- include: publish

if #args.fields == 0 then error('there is nothing to note') end
local state, position = unpack(redis.call('HMGET', import, 'state', 'position'))
if state ~= args.from or tonumber(position) ~= args.position then return {UNCHANGED} end
local is_kept = redis.call('EXISTS', file) == 1

-- From here on only writes.
-- What frees memory comes first: so a full Redis lets an import end.
if #args.drops > 0 then redis.call('HDEL', file, unpack(args.drops)) end
redis.call('HSET', import, unpack(args.fields))
if is_kept and #args.keeps > 0 then redis.call('HSET', file, unpack(args.keeps)) end
if args.job then redis.call('XADD', jobs, '*', 'job', args.job) end
for _, event in ipairs(args.entries) do show(activity, event, '') end
return {OK}
