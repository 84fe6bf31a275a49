--[[
Begins to deliver a mail: answers its state, and counts it in the budgets, once for its id. Over budget the mail is held
until the earliest time within the budgets, which is reserved for it, or until it lapses. One mail is held for each
subject: it takes the place of the one before, which will never be sent.

KEYS
  mail        hash                    the state of the mail, as mail_note.lua notes it
  sent        set                     ids of the mails that were sent, or never will be, in the current period
  earlier     set                     the same in the period before
  held        hash                    the mail about the same subject that is held, or has lapsed
  held_mails  zset                    subjects of held and lapsed mails, by the time since which they are held
  budgets     zset for each of rates  ids of mails and invitations by time; a time ahead is reserved

ARGV[1]
  mail      string    the id of the mail
  subject   string    what the mail is about, with its recipient: the member of `held_mails`
  told      integer   epoch seconds: the time of the event that the mail tells
  now       integer   epoch seconds
  rates     array     for each budget an array of {most, period}
  patience  positive  seconds for which a mail is held before it lapses
  lifetime  positive  seconds for which an id in `sent`, and `held`, are remembered
  fields    pairs     more fields of `held`: name, value, …

Returns {code, outcome, first, second, third}
  OK       with 'go' it is to be sent now: comes with the draft and the attempt noted before, or empty strings, and with
           the number of mails that it takes the place of;
           with 'held' it is held: comes with the time at which to ask again, with 1 if it was not held before, and with
           the number of mails that it takes the place of;
           with 'superseded' or 'lapsed' it will never be sent: a mail about a later event is held, or it was held for
           `patience` seconds
  APPLIED  the mail was sent before, or will never be; comes with 'lapsed' if it was held until it lapsed, else with 'out'
]]
-- include: rate
-- include: budget

expect_rates(args.rates)

local name, state, since, told, superseded = unpack(redis.call('HMGET', held, 'mail', 'state', 'since', 'told',
  'superseded'))
for _, out in ipairs({sent, earlier}) do
  if redis.call('SISMEMBER', out, args.mail) == 1 then
    return {APPLIED, name == args.mail and state == 'lapsed' and 'lapsed' or 'out'}
  end
end
local draft, trying = unpack(redis.call('HMGET', mail, 'draft', 'trying'))
since, told, superseded = tonumber(since or args.now), tonumber(told or 0), tonumber(superseded or 0)
integer('since', since)
integer('told', told)
integer('superseded', superseded)
local is_waiting = name and state == 'held'
local is_other = is_waiting and name ~= args.mail
local is_same = is_waiting and not is_other
local is_overtaken = is_other and told > args.told
local dropped = is_other and 1 or 0
local total = (is_waiting and superseded or 0) + dropped
if not is_same then since = args.now end
local lapses = since + args.patience

local counted = counted_at(budgets, args.mail)
local left = is_other and counted_at(budgets, name)
local at = counted or left or earliest(budgets, args.rates, args.now)
local holder = is_same and args.mail or not counted and is_other and name
local has_come = holder and at <= args.now
if has_come then at = recheck(budgets, args.rates, holder, args.now) end
-- What was tried was counted when it was tried, and may be out: only another attempt can tell.
local was_tried = draft or trying
local is_due = at <= args.now or was_tried
local to_charge = not was_tried and (has_come or not counted)
local has_lapsed = not is_due and args.now >= lapses
local due = math.min(at, lapses)

-- From here on only writes.
if is_overtaken then
  redis.call('SADD', sent, args.mail)
  redis.call('EXPIRE', sent, args.lifetime)
  redis.call('HSET', held, 'superseded', total)
  return {OK, 'superseded'}
end
if is_other then
  redis.call('SADD', sent, name)
  redis.call('EXPIRE', sent, args.lifetime)
  refund(budgets, name)
end
if is_due then
  if to_charge then charge(budgets, args.mail, args.now, args.now) end
  redis.call('DEL', held)
  redis.call('ZREM', held_mails, args.subject)
  return {OK, 'go', draft or '', trying or '', dropped}
end
if has_lapsed then
  redis.call('HSET', held, 'state', 'lapsed')
  redis.call('EXPIRE', held, args.lifetime)
  redis.call('SADD', sent, args.mail)
  redis.call('EXPIRE', sent, args.lifetime)
  return {OK, 'lapsed'}
end
if to_charge and at <= lapses then charge(budgets, args.mail, at, args.now) end
redis.call('HSET', held, 'mail', args.mail, 'state', 'held', 'since', since, 'due', due, 'told', args.told,
  'superseded', total, unpack(args.fields))
redis.call('EXPIRE', held, args.lifetime)
redis.call('ZREMRANGEBYSCORE', held_mails, '-inf', string.format('%.0f', args.now - args.lifetime))
redis.call('ZADD', held_mails, since, args.subject)
return {OK, 'held', string.format('%.0f', due), is_same and 0 or 1, dropped}
