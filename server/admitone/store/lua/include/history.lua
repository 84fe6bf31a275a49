local HISTORY_LENGTH = 199

-- Appends an event to the history of a link or a booking, which keeps the newest ones. Its first event, that it was
-- made, follows from its record, so that 200 entries are shown.
local function append_event(history, event)
  redis.call('RPUSH', history, event)
  redis.call('LTRIM', history, -HISTORY_LENGTH, -1)
end
