--[[
Writes or deletes a user's connection to Google if it is still what the caller read (compare and set).

KEYS
  connection  string           the connection: JSON
  audit       stream if audit  the workspace's audit log

ARGV[1]
  expected    string?  the value that the caller read; left out if there was none
  connection  string?  JSON with a new random revision, so an equal stored value was written by this call; left out
                       to delete the connection
  audit       table?   {entry, oldest}: the entry of the audit log, JSON, and the epoch milliseconds before which
                       entries end; left out if no person decided on this

Returns {code}
  OK     written now, or by an earlier attempt of this call
  MOVED  the value is no longer what the caller read
]]
-- include: audit

if args.audit then expect_audit(args.audit) end
local there = redis.call('GET', connection) or nil
if there == args.connection then return {OK} end
if there ~= args.expected then return {MOVED} end

-- From here on only writes.
if args.connection then redis.call('SET', connection, args.connection) else redis.call('DEL', connection) end
if args.audit then write_audit(audit, args.audit) end
return {OK}
