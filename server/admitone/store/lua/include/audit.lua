local AUDIT_LENGTH = 20000

-- Raises an error, before the first write, unless `line` is {entry, oldest}: JSON, and the epoch milliseconds before
-- which entries end.
local function expect_audit(line)
  strings('the entry of the audit log', {line.entry or 0})
  positive('the oldest entry', line.oldest)
end

-- Writes an entry to the workspace's audit log, and ends the oldest entries.
local function write_audit(audit, line)
  redis.call('XADD', audit, 'MAXLEN', '~', AUDIT_LENGTH, '*', 'entry', line.entry)
  redis.call('XTRIM', audit, 'MINID', string.format('%.0f', line.oldest))
end
