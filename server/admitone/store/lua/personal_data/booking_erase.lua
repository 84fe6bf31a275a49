--[[
Erases a booking that is over. What stays is the time of its erasure, so that its manage link says that the booking
was deleted. The link that it came by stays used.

KEYS
  data           string                  the part of the booking that never changes
  history        list                    events of the booking, oldest first
  booking        hash                    the part of the booking that changes
  bookings       zset                    bookings by start
  page_bookings  zset                    the page's bookings by start
  booking_words  zset                    search words of bookings
  counts         hash                    the workspace's counters
  link           hash if link            the one-time link that the booking came by
  link_words     zset if link            search words of links
  erasure        hash if erasure         the erasure that this belongs to, which counts
  kept           string if kept          the answer kept for the Idempotency-Key of the booking
  occupied       zset for each of users  the occupied time of its users

ARGV[1]
  now      integer   epoch seconds
  booking  id
  before   integer   epoch seconds; a booking that is live and ends later is not erased
  users    strings   the users of the booking as the caller read it
  words    strings   members of the word index
  link     table?    what the caller read of the link: {note, bookings}, and in `words` the members of the word index
                     that it has by this booking alone
  erasure  string?   the id of the erasure
  kept     string?   the id of the operation whose answer is kept
  counted  string?   what the booking has contributed to the counters of reports, as the caller read it
  past     string?   the day after all of that: such days cannot be recounted any more

Returns {code}
  OK         erased
  NOT_FOUND  there is no such booking: a call before this one erased it
  MOVED      it is live, or its users, what it has contributed, or what the caller read of the link, have changed
             since the caller read it
]]
-- include: counters
-- include: occupied
-- include: erased
-- include: reports_from
-- include: link

expect_counters(counts, 'bookings_deleted')
if args.erasure then expect_counters(erasure, 'bookings') end
if args.link then
  strings('note', {args.link.note or 0})
  strings('bookings', args.link.bookings)
  strings('words', args.link.words)
end

local names = {'status', 'start', 'end', 'before', 'after', 'event_type', 'users', 'counted'}
local values = redis.call('HMGET', booking, unpack(names))
if not values[1] then return {NOT_FOUND} end
local there = {}
for index, name in ipairs(names) do there[name] = values[index] end
for _, name in ipairs({'start', 'end', 'before', 'after'}) do there[name] = tonumber(there[name]) end
expect_slot(there)
local is_live = there.status == 'scheduled' or there.status == 'rescheduled'
if is_live and there['end'] > args.before then return {MOVED} end
if there.users ~= table.concat(args.users, ',') or (there.counted or nil) ~= args.counted then return {MOVED} end
if args.link and have_words_moved(link, args.link.bookings, args.link.note) then return {MOVED} end
if not redis.call('ZSCORE', bookings, args.booking) then error(args.booking .. ' is not in the list of bookings') end
expect_changes(counts, args.users)
local member = occupied_member(args.booking, there)
local earlier = args.link and redis.call('HGET', link, 'earlier')
local rest = earlier and without(earlier, args.booking)
local is_past = is_past_reports(counts, args.past)

-- From here on only writes.
-- What frees memory comes first: so a full Redis lets the whole script pass.
redis.call('DEL', data, history, booking)
redis.call('HSET', booking, 'deleted', args.now)
redis.call('ZREM', bookings, args.booking)
redis.call('ZREM', page_bookings, args.booking)
for _, word in ipairs(args.words) do redis.call('ZREM', booking_words, word) end
if args.link then
  for _, word in ipairs(args.link.words) do redis.call('ZREM', link_words, word) end
end
for index = 1, #args.users do redis.call('ZREM', occupied[index], member) end
note_changes(counts, args.users)
if rest == '' then
  redis.call('HDEL', link, 'earlier')
elseif rest then
  redis.call('HSET', link, 'earlier', rest)
end
if args.kept then forget_answer(kept) end
count(counts, 'bookings_deleted', 1)
if is_past then redis.call('HSET', counts, 'reports_from', args.past) end
if args.erasure then count(erasure, 'bookings', 1) end
return {OK}
