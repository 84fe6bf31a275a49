--[[
Erases a one-time link. What stays is the time of its erasure: so its code never works again, and answers as that of
a used link does.

KEYS
  link            hash             the one-time link
  history         list             events of the link, oldest first
  requested       string           exists for a while after a mail with the manage link was requested
  links           zset             links by creation time
  booked_links    zset             booked links by creation time
  revoked_links   zset             revoked links by creation time
  expired_links   zset             links whose expiry was announced, by creation time
  expiring_links  zset             links that will expire, by expiry
  page_links      zset             the page's links by creation time
  user_links      zset             the links of the user who created it, by creation time
  link_words      zset             search words of links
  counts          hash             the workspace's counters
  erasure         hash if erasure  the erasure that this belongs to, which counts
  kept            string if kept   the answer kept for the Idempotency-Key of the link

ARGV[1]
  now       integer   epoch seconds
  link      id
  note      string    the note of the link as the caller read it
  bookings  strings   the bookings of the link as the caller read it
  words     strings   members of the word index
  erasure   string?   the id of the erasure
  kept      string?   the id of the operation whose answer is kept
  counted   string?   what the link has contributed to the counters of reports, as the caller read it
  past      string?   the day after that: such days cannot be recounted any more

Returns {code}
  OK         erased
  NOT_FOUND  there is no link with this id: a call before this one erased it
  MOVED      the link has another booking or note since the caller read it, or has contributed something else
]]
-- include: counters
-- include: link
-- include: erased
-- include: reports_from
-- include: state_lists

expect_counters(counts, 'links_deleted')
if args.erasure then expect_counters(erasure, 'links') end

local page, counted = unpack(redis.call('HMGET', link, 'page', 'counted'))
if not page then return {NOT_FOUND} end
if (counted or nil) ~= args.counted then return {MOVED} end
if have_words_moved(link, args.bookings, args.note) then return {MOVED} end
link_place(links, args.link)
local is_past = is_past_reports(counts, args.past)

-- From here on only writes.
-- What frees memory comes first: so a full Redis lets the whole script pass.
redis.call('DEL', link, history, requested)
redis.call('HSET', link, 'deleted', args.now)
redis.call('ZREM', links, args.link)
redis.call('ZREM', page_links, args.link)
redis.call('ZREM', user_links, args.link)
relist(args.link, nil, nil, booked_links, revoked_links, expired_links, expiring_links)
for _, word in ipairs(args.words) do redis.call('ZREM', link_words, word) end
if args.kept then forget_answer(kept) end
count(counts, 'links_deleted', 1)
if is_past then redis.call('HSET', counts, 'reports_from', args.past) end
if args.erasure then count(erasure, 'links', 1) end
return {OK}
