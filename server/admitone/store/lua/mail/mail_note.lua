--[[
Notes what became of one mail, unless the mail was sent before. The notes keep a mail from being sent twice.

KEYS
  mail     hash  draft: user, and id of the draft in Gmail; trying: the attempt that may have sent the mail
  sent     set   ids of the mails that were sent in the current period
  earlier  set   ids of the mails that were sent in the period before
  kept     list  mails that could not be sent, newest first

ARGV[1]
  mail      string    the id of the mail
  fields    pairs     fields of `mail` to set: name, value, …
  gone      strings   names of fields to remove: draft, trying
  tried     string?   note this only if `trying` is this attempt
  sent      boolean   whether the mail was sent, or will never be: only its id is remembered
  lifetime  positive  seconds for which an attempt, or the ids of a period, are remembered
  keep      string?   the mail, sealed, if it could not be sent
  most      positive  the number of mails that are kept

Returns {code, answer}
  OK         noted; comes with the attempt noted before, or an empty string
  APPLIED    the mail was sent before
  MOVED      another draft was noted before; comes with that draft
  UNCHANGED  another attempt has been noted since
]]
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

-- From here on only writes.
if args.sent then
  -- What frees memory comes first: a full Redis lets the script pass, and so no mail that was sent is sent again.
  redis.call('DEL', mail)
  redis.call('SADD', sent, args.mail)
  redis.call('EXPIRE', sent, args.lifetime)
else
  if #args.fields > 0 then redis.call('HSET', mail, unpack(args.fields)) end
  if #args.gone > 0 then redis.call('HDEL', mail, unpack(args.gone)) end
  redis.call('EXPIRE', mail, args.lifetime)
end
if args.keep then
  redis.call('LPUSH', kept, args.keep)
  redis.call('LTRIM', kept, 0, args.most - 1)
end
return {OK, trying or ''}
