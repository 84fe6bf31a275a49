local ACTIVITY_LENGTH = 100000

-- Writes one event to the outbox, from which its jobs follow and which is not trimmed. ARGV[2] is the id of the request
-- that calls the script, for the log; there is none if no request does.
local function announce(jobs, workspace, event)
  if ARGV[2] then
    redis.call('XADD', jobs, '*', 'workspace', workspace, 'event', event, 'request', ARGV[2])
  else
    redis.call('XADD', jobs, '*', 'workspace', workspace, 'event', event)
  end
end

-- Writes one event to the activity stream, which people see. `audience` is whom it concerns (include/audience.lua),
-- empty for an event of the whole workspace.
local function show(activity, event, audience)
  redis.call('XADD', activity, 'MAXLEN', '~', ACTIVITY_LENGTH, '*', 'event', event, 'for', audience)
end

-- Writes one event to both.
local function publish(jobs, activity, workspace, event, audience)
  announce(jobs, workspace, event)
  show(activity, event, audience)
end
