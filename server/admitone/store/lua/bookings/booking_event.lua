--[[
Notes where the calendar event of a booking is. It is called before the event is first written, so that a
cancellation knows where to look, and after each answer from Google.

KEYS
  booking  hash read  the part of the booking that changes

ARGV[1]
  sequence    integer   SEQUENCE (RFC 5546) of the booking as the caller read it
  assignment  integer   how often the booking was reassigned to another host
  user        string    the owner of the calendar
  calendar    string    the id of the calendar that holds the event
  left        string?   the calendar noted before, which is no longer writable and holds no event now
  etag        string?   the etag in Google's answer; left out before the event was first written
  join        string?   the address of the video meeting
  conflict    integer?  the start to which the host moved the event, if the booking could not follow; 0 for a whole day

Returns {code}
  OK         noted
  NOT_FOUND  there is no such booking
  MOVED      the booking has changed, or its event was noted in a calendar other than `calendar` and `left`
]]
local suffix = string.format(':%.0f', args.assignment)
local names = {'status', 'sequence', 'assignment', 'user' .. suffix, 'calendar' .. suffix}
local status, sequence, assignment, user, calendar = unpack(redis.call('HMGET', booking, unpack(names)))
if not status then return {NOT_FOUND} end
if tonumber(sequence or '0') ~= args.sequence or tonumber(assignment or '0') ~= args.assignment then return {MOVED} end
local leaves = user == args.user and calendar == args.left and calendar ~= args.calendar
if user and not leaves and (user ~= args.user or calendar ~= args.calendar) then return {MOVED} end

-- From here on only writes.
-- After an answer from Google, what frees memory comes first: a full Redis lets the script pass, and the event, which
-- is written, is not written again.
if args.etag then redis.call('HDEL', booking, 'conflict') end
redis.call('HSET', booking, 'user' .. suffix, args.user, 'calendar' .. suffix, args.calendar)
if leaves then redis.call('HDEL', booking, 'etag' .. suffix, 'join' .. suffix, 'conflict') end
if args.etag then redis.call('HSET', booking, 'etag' .. suffix, args.etag) end
if args.join then redis.call('HSET', booking, 'join' .. suffix, args.join) end
if args.conflict then redis.call('HSET', booking, 'conflict', args.conflict) end
return {OK}
