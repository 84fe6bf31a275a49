--[[
Says that a booking is completed, once, after its end. Its status needs no write: it follows from the time.

KEYS[1] booking    hash: what changes of the booking
KEYS[2] jobs       stream: the partition's outbox
KEYS[3] activity   stream: the workspace's activity
KEYS[4] counts     hash: the workspace's counters

ARGV[1]
  now        integer   epoch seconds
  sequence   integer   the booking's SEQUENCE (RFC 5546) that the caller decided upon
  workspace  string
  event      string    JSON

Returns {code}
  OK          said
  NOT_FOUND   there is no such booking
  UNCHANGED   it was said before, or the booking is cancelled or a no-show
  MOVED       the booking has changed since the caller read it, or has not ended
]]
-- include: arguments
-- include: keys
-- include: counters
-- include: publish

local booking, jobs, activity, counts = unpack(KEYS)
local args = arguments { now = 'integer', sequence = 'integer', workspace = 'string', event = 'string' }
expect_keys(4)
expect('hash', booking, counts)
expect_streams(jobs, activity)
expect_counters(counts, 'completed')

local names = {'status', 'end', 'sequence', 'completed'}
local status, stop, sequence, completed = unpack(redis.call('HMGET', booking, unpack(names)))
if not status then return {NOT_FOUND} end
if completed or (status ~= 'scheduled' and status ~= 'rescheduled') then return {UNCHANGED} end
if tonumber(sequence or '0') ~= args.sequence or not (tonumber(stop) <= args.now) then return {MOVED} end

-- From here on only writes.
publish(jobs, activity, args.workspace, args.event)
redis.call('HSET', booking, 'completed', 1)
count(counts, 'completed', 1)
return {OK}
