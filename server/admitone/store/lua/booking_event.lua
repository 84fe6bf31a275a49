--[[
Notes where the calendar event of a booking is: before it is first written, so that whoever cancels knows
where to look, and after each answer of Google's.

KEYS[1] booking   hash: what changes of the booking

ARGV[1]
  sequence    integer   the booking's SEQUENCE (RFC 5546) that the caller knows
  assignment  integer   how often the booking was given to another host
  user        string    whose calendar it is
  calendar    string    the calendar's id
  left        string?   the calendar where the event was begun, which is closed: nothing of it is there now
  etag        string?   Google's, of the event as it was answered; left out before it was first written
  join        string?   where the meeting is joined
  conflict    integer?  where the host put the event, if the booking could not follow; 0 for a whole day

Returns {code}
  OK         noted
  NOT_FOUND  there is no such booking
  MOVED      the booking has changed, or its event was begun in another calendar than `calendar` and `left`
]]
-- include: arguments
-- include: keys

local booking = KEYS[1]
local args = arguments {
  sequence = 'integer', assignment = 'integer', user = 'string', calendar = 'string', left = 'string?',
  etag = 'string?', join = 'string?', conflict = 'integer?',
}
expect_keys(1)
expect('hash', booking)

local suffix = string.format(':%.0f', args.assignment)
local names = {'status', 'sequence', 'assignment', 'user' .. suffix, 'calendar' .. suffix}
local status, sequence, assignment, user, calendar = unpack(redis.call('HMGET', booking, unpack(names)))
if not status then return {NOT_FOUND} end
if tonumber(sequence or '0') ~= args.sequence or tonumber(assignment or '0') ~= args.assignment then return {MOVED} end
local leaves = user == args.user and calendar == args.left and calendar ~= args.calendar
if user and not leaves and (user ~= args.user or calendar ~= args.calendar) then return {MOVED} end

-- From here on only writes.
redis.call('HSET', booking, 'user' .. suffix, args.user, 'calendar' .. suffix, args.calendar)
if leaves then redis.call('HDEL', booking, 'etag' .. suffix, 'join' .. suffix, 'conflict') end
if args.etag then redis.call('HSET', booking, 'etag' .. suffix, args.etag) end
if args.join then redis.call('HSET', booking, 'join' .. suffix, args.join) end
if args.conflict then
  redis.call('HSET', booking, 'conflict', args.conflict)
elseif args.etag then
  redis.call('HDEL', booking, 'conflict')
end
return {OK}
