--[[
Forgets a held mail whose job found nothing to tell any more.

KEYS
  held        hash  the mail that is held
  held_mails  zset  subjects of held and lapsed mails, by the time since which they are held

ARGV[1]
  subject  string  the member of `held_mails`
  job      string  the id of the job; a mail that another job holds stays held

Returns {code}
  OK         forgotten
  UNCHANGED  the job holds no mail
]]
local job, state = unpack(redis.call('HMGET', held, 'job', 'state'))
if job ~= args.job or state ~= 'held' then return {UNCHANGED} end

-- From here on only writes.
redis.call('DEL', held)
redis.call('ZREM', held_mails, args.subject)
return {OK}
