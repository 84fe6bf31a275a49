local AUDIT_LENGTH = 20000
local AUDIT_MILLISECONDS = 731 * 86400 * 1000

-- Writes an entry to the workspace's audit log, which keeps the entries of two years, 20,000 or some more at most. An
-- entry's age is counted by its id, Redis's own time.
local function write_audit(audit, entry)
  local id = redis.call('XADD', audit, 'MAXLEN', '~', AUDIT_LENGTH, '*', 'entry', entry)
  local oldest = tonumber(id:match('^%d+')) - AUDIT_MILLISECONDS
  redis.call('XTRIM', audit, 'MINID', string.format('%.0f', math.max(oldest, 0)))
end
