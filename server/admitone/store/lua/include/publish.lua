local ACTIVITY_LENGTH = 100000

-- Writes one event to the outbox, from which its jobs follow and which is not trimmed, and to the activity stream.
local function publish(jobs, activity, workspace, event)
  redis.call('XADD', jobs, '*', 'workspace', workspace, 'event', event)
  redis.call('XADD', activity, 'MAXLEN', '~', ACTIVITY_LENGTH, '*', 'event', event)
end
