--[[
Erases mails that nothing could send.

KEYS
  kept     list  mails that could not be sent, newest first
  erasure  hash  the erasure that this belongs to, which counts

ARGV[1]
  mails  strings  the mails as the caller read them

Returns {code, erased}
  OK  comes with the number of those that were still kept
]]
-- include: counters

expect_counters(erasure, 'mails')
local erased = 0

-- From here on only writes.
-- What frees memory comes first: so a full Redis lets the whole script pass.
for _, mail in ipairs(args.mails) do erased = erased + redis.call('LREM', kept, 0, mail) end
count(erasure, 'mails', erased)
return {OK, erased}
