-- A run's hash has short field names (store/records/workflows/runs.py): `s` is its status, the first letter of its name except `x`
-- for stopped; `n` counts its changes.
local UNDER_WAY = {w = true, r = true, f = true}

-- Returns whether a contact may enter again after a run with this status; nil if that run is gone.
local function may_enter(re_entry, status)
  if re_entry == 'always' then return true end
  return re_entry == 'when_finished' and not UNDER_WAY[status or '']
end

-- Returns the code of the reason why the caller may not change a run that it read after `moves` changes, or nil.
local function run_refusal(run, moves)
  local status, changes = unpack(redis.call('HMGET', run, 's', 'n'))
  if not status then return NOT_FOUND end
  if tonumber(changes or '0') ~= moves or not UNDER_WAY[status] then return MOVED end
  return nil
end

-- A mailbox is a sorted set of the mails that workflows sent from it, by time; a run that is admitted counts as one.
local MAILBOX_PERIOD = 86400

local function note_mail(mailbox, now, mail)
  redis.call('ZREMRANGEBYSCORE', mailbox, '-inf', string.format('%.0f', now - MAILBOX_PERIOD))
  redis.call('ZADD', mailbox, now, mail)
  redis.call('EXPIRE', mailbox, MAILBOX_PERIOD)
end
