--[[
Notes that nothing can send a mail: its job waits until something can, and a copy of the mail is kept for administrators.
One job waits for each subject, the latest; but the first one stays if its mail would have been the recipient's first.

KEYS
  sent     set   ids of the mails that were sent, or never will be, in the current period
  earlier  set   the same in the period before
  kept     list  mails that could not be sent, newest first: id, and the mail, sealed
  waiting  hash  by subject: the host whose mailbox would send, a space, and the job with what it needs (JSON)
  index    zset  subjects in `waiting` of the same host, by the time until which their mails serve

ARGV[1]
  mail      string    the id of the mail
  keep      string    its id, and the mail, sealed
  most      positive  the number of mails that are kept
  subject   string    what the mail is about, with its recipient
  host      string    the user whose mailbox would send it
  record    string    the job with what it needs (JSON)
  job       string    the id of the job
  is_new    boolean   whether the job never waited and then ran again: unless its subject waits now, it has no copy
  serves    integer   epoch seconds: the time until which the mail serves
  now       integer   epoch seconds
  bound     positive  the number of subjects that wait for one host; those that serve for the shortest time go first
  lifetime  positive  seconds for which an id in `sent` is remembered

Returns {code, is_new}
  OK       it waits, or the first mail waits in its place and this one will never be sent; comes with 1 if no copy of it
           was kept before
  APPLIED  the mail was sent before, or will never be
]]
-- include: copies

local function parts_of(subject)
  local text = redis.call('HGET', waiting, subject)
  if not text then return nil, nil end
  return string.match(text, '^(%S+) (.+)$')
end

for _, out in ipairs({sent, earlier}) do
  if redis.call('SISMEMBER', out, args.mail) == 1 then return {APPLIED} end
end
local _, before = parts_of(args.subject)
local first = before and cjson.decode(before).job
local is_second = first and first.untold and first.id ~= args.job
-- The copies are long: looking for one costs more than all the rest.
local is_kept = (before or not args.is_new) and #copies_of(kept, args.mail) > 0
local over = redis.call('ZRANGEBYSCORE', index, '-inf', string.format('%.0f', args.now), 'LIMIT', 0, 100)
local room = args.bound - redis.call('ZCARD', index) + #over
if room < 1 and not redis.call('ZSCORE', index, args.subject) then
  over = redis.call('ZRANGEBYSCORE', index, '-inf', '+inf', 'LIMIT', 0, #over + 1)
end
local gone = {}
for _, subject in ipairs(over) do
  -- Another host may have taken the booking over: then the subject waits in that host's index too.
  if subject ~= args.subject and parts_of(subject) == args.host then gone[#gone + 1] = subject end
end

-- From here on only writes.
for _, subject in ipairs(over) do redis.call('ZREM', index, subject) end
for _, subject in ipairs(gone) do redis.call('HDEL', waiting, subject) end
redis.call('HSET', waiting, args.subject, args.host .. ' ' .. (is_second and before or args.record))
redis.call('ZADD', index, args.serves, args.subject)
if is_second then
  redis.call('SADD', sent, args.mail)
  redis.call('EXPIRE', sent, args.lifetime)
end
if not is_kept then
  redis.call('LPUSH', kept, args.keep)
  redis.call('LTRIM', kept, 0, args.most - 1)
end
return {OK, is_kept and 0 or 1}
