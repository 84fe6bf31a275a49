--[[
Notes what became of one mail, unless it was sent: what is noted here keeps it from going out twice.

KEYS[1] mail  hash: draft (user and id in Gmail), trying (by which attempt it may have gone out), sent (how)
KEYS[2] kept  list: mails that nothing could send, the newest first

ARGV[1]
  fields    table     name and value of each field to set, flat
  gone      table     names of fields to take away
  tried     string?   only if this attempt is the last that was noted
  lifetime  integer   seconds for which it is remembered
  mail      string?   a mail to keep, sealed
  most      integer   how many are kept

Returns {code, answer}
  OK         noted; with the attempt that was noted before, or nothing
  APPLIED    the mail was sent before
  MOVED      it has another draft already; with that one
  UNCHANGED  another attempt was noted since
]]
-- include: arguments
-- include: keys

local mail, kept = unpack(KEYS)
local args = arguments {
  fields = 'table', gone = 'table', tried = 'string?', lifetime = 'integer', mail = 'string?',
  most = 'integer',
}
expect_keys(2)
strings('fields', args.fields, true)
strings('gone', args.gone)
for _, name in ipairs(args.gone) do
  if name ~= 'draft' and name ~= 'trying' then error('there is no field ' .. name .. ' to take away') end
end
expect('hash', mail)
expect('list', kept)
if args.lifetime <= 0 or args.most <= 0 then error('lifetime or most is not positive') end
if #args.fields == 0 and #args.gone == 0 then error('there is nothing to note') end

local sent, draft, trying = unpack(redis.call('HMGET', mail, 'sent', 'draft', 'trying'))
if sent then return {APPLIED} end
if args.tried and trying ~= args.tried then return {UNCHANGED} end
for i = 1, #args.fields, 2 do
  if args.fields[i] == 'draft' and draft and draft ~= args.fields[i + 1] then return {MOVED, draft} end
end

-- From here on only writes.
if #args.fields > 0 then redis.call('HSET', mail, unpack(args.fields)) end
if #args.gone > 0 then redis.call('HDEL', mail, unpack(args.gone)) end
redis.call('EXPIRE', mail, args.lifetime)
if args.mail then
  redis.call('LPUSH', kept, args.mail)
  redis.call('LTRIM', kept, 0, args.most - 1)
end
return {OK, trying or ''}
