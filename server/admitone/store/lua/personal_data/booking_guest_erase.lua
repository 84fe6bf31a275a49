--[[
Erases a guest of a booking, which stays.

KEYS
  data           string          the part of the booking that never changes but by this script: a JSON document
  booking_words  zset            search words of bookings
  erasure        hash            the erasure that this belongs to, which counts
  kept           string if kept  the answer kept for the Idempotency-Key of the booking, which names its guests

ARGV[1]
  before   string   the document as the caller read it
  after    string   the document without the guest
  words    strings  members of the word index that go
  kept     string?  the id of the operation whose answer is kept

Returns {code}
  OK     erased
  MOVED  the document has changed since the caller read it, or is gone
]]
-- include: counters
-- include: erased

expect_counters(erasure, 'guests')
if redis.call('GET', data) ~= args.before then return {MOVED} end

-- From here on only writes.
-- What frees memory comes first: so a full Redis lets the whole script pass.
for _, word in ipairs(args.words) do redis.call('ZREM', booking_words, word) end
if args.kept then forget_answer(kept) end
redis.call('SET', data, args.after)
count(erasure, 'guests', 1)
return {OK}
