--[[
Notes what became of one mail, unless the mail was sent before. The notes keep a mail from being sent twice.

KEYS
  mail     hash             draft: user, and id of the draft in Gmail; trying: the attempt that may have sent the mail
  sent     set              ids of the mails that were sent in the current period
  earlier  set              ids of the mails that were sent in the period before
  kept     list             mails that could not be sent, newest first: id, and the mail, sealed
  waiting  hash if subject  jobs of mails that nothing could send yet, by subject
  index    zset if subject  subjects in `waiting` of the same host, by the time until which their mails serve

ARGV[1]
  mail      string    the id of the mail
  fields    pairs     fields of `mail` to set: name, value, …
  gone      strings   names of fields to remove: draft, trying
  tried     string?   note this only if `trying` is this attempt
  sent      boolean   whether the mail was sent, or will never be: only its id is remembered
  lifetime  positive  seconds for which an attempt, or the ids of a period, are remembered
  keep      string?   the mail's id, and the mail, sealed, if it could not be sent
  most      positive  the number of mails that are kept
  subject   string?   what the mail is about, if it was sent and could have waited: nothing about it waits any more, and no
                      copy is kept

Returns {code, answer, left}
  OK         noted; comes with the attempt noted before, or an empty string; if the mail was sent, with the number of
             mails of its host that wait
  APPLIED    the mail was sent before
  MOVED      another draft was noted before; comes with that draft
  UNCHANGED  another attempt has been noted since
]]
-- include: copies

for _, name in ipairs(args.gone) do
  if name ~= 'draft' and name ~= 'trying' then error('there is no field ' .. name .. ' to remove') end
end
if #args.fields == 0 and #args.gone == 0 and not args.sent then error('there is nothing to note') end

for _, out in ipairs({sent, earlier}) do
  if redis.call('SISMEMBER', out, args.mail) == 1 then return {APPLIED} end
end
local draft, trying = unpack(redis.call('HMGET', mail, 'draft', 'trying'))
if args.tried and trying ~= args.tried then return {UNCHANGED} end
for i = 1, #args.fields, 2 do
  if args.fields[i] == 'draft' and draft and draft ~= args.fields[i + 1] then return {MOVED, draft} end
end
local copies, left = {}, 0
if args.subject then
  copies = copies_of(kept, args.mail)
  left = redis.call('ZCARD', index) - (redis.call('ZSCORE', index, args.subject) and 1 or 0)
end

-- From here on only writes.
if args.sent then
  -- What frees memory comes first: a full Redis lets the script pass, and so no mail that was sent is sent again.
  redis.call('DEL', mail)
  redis.call('SADD', sent, args.mail)
  redis.call('EXPIRE', sent, args.lifetime)
  for _, copy in ipairs(copies) do redis.call('LREM', kept, 1, copy) end
  if args.subject then
    redis.call('HDEL', waiting, args.subject)
    redis.call('ZREM', index, args.subject)
  end
else
  if #args.fields > 0 then redis.call('HSET', mail, unpack(args.fields)) end
  if #args.gone > 0 then redis.call('HDEL', mail, unpack(args.gone)) end
  redis.call('EXPIRE', mail, args.lifetime)
end
if args.keep then
  redis.call('LPUSH', kept, args.keep)
  redis.call('LTRIM', kept, 0, args.most - 1)
end
return {OK, trying or '', left}
