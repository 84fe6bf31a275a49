--[[
Takes an entry that failed for good out of the outbox, and keeps it where administrators see it.

KEYS[1] jobs      stream: the partition's outbox
KEYS[2] parked    hash: what failed for good, by its id
KEYS[3] times     zset: their ids by the time when they were parked
KEYS[4] totals    hash: the partition's counters

ARGV[1]
  group    string    the consumer group
  entry    string    the entry's id
  id       string    what it is parked under
  record   string    JSON: the entry and why it failed
  at       integer   epoch seconds

Returns {code}
  OK
  APPLIED   the entry is gone: this was called before, or whoever took the entry over has finished it
]]
-- include: arguments
-- include: keys
-- include: counters
-- include: entry

local jobs, parked, times, totals = unpack(KEYS)
local args = arguments { group = 'string', entry = 'string', id = 'string', record = 'string', at = 'integer' }
expect_keys(4)
expect_entry('entry', args.entry)
expect_streams(jobs)
expect('hash', parked, totals)
expect('zset', times)
expect_counters(totals, 'parked')

if not is_there(jobs, args.entry) then return {APPLIED} end
local is_new = redis.call('HEXISTS', parked, args.id) == 0

-- From here on only writes.
redis.call('HSET', parked, args.id, args.record)
redis.call('ZADD', times, args.at, args.id)
if is_new then count(totals, 'parked', 1) end
remove(jobs, args.group, args.entry)
return {OK}
