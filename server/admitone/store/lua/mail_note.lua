--[[
Notes what became of one mail, unless it was sent: what is noted here keeps it from going out twice.

KEYS[1] mail     hash: draft (user and id in Gmail), trying (by which attempt it may have gone out)
KEYS[2] sent     set: ids of the mails that went out lately
KEYS[3] earlier  set: of those that went out in the period before
KEYS[4] kept     list: mails that nothing could send, the newest first

ARGV[1]
  mail      string    its id
  fields    table     name and value of each field to set, flat
  gone      table     names of fields to take away
  tried     string?   only if this attempt is the last that was noted
  sent      boolean   it went out, and nothing else needs to be known of it
  lifetime  integer   seconds for which an attempt, or a whole period of mails, is remembered
  keep      string?   the mail itself, sealed, where nothing could send it
  most      integer   how many are kept

Returns {code, answer}
  OK         noted; with the attempt that was noted before, or nothing
  APPLIED    the mail was sent before
  MOVED      it has another draft already; with that one
  UNCHANGED  another attempt was noted since
]]
-- include: arguments
-- include: keys

local mail, sent, earlier, kept = unpack(KEYS)
local args = arguments {
  mail = 'string', fields = 'table', gone = 'table', tried = 'string?', sent = 'boolean', lifetime = 'integer',
  keep = 'string?', most = 'integer',
}
expect_keys(4)
strings('fields', args.fields, true)
strings('gone', args.gone)
for _, name in ipairs(args.gone) do
  if name ~= 'draft' and name ~= 'trying' then error('there is no field ' .. name .. ' to take away') end
end
expect('hash', mail)
expect('set', sent, earlier)
expect('list', kept)
if args.lifetime <= 0 or args.most <= 0 then error('lifetime or most is not positive') end
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
  redis.call('SADD', sent, args.mail)
  redis.call('EXPIRE', sent, args.lifetime)
  redis.call('DEL', mail)
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
