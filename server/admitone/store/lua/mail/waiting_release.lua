--[[
Puts the job of a mail that waited back into the outbox, once. Its mail counts in the budgets when it is sent, not when it
began to wait.

KEYS
  jobs     stream                   the partition's outbox
  waiting  hash                     by subject: the host whose mailbox would send, a space, and the job with what it needs
  index    zset                     subjects in `waiting` of the same host, by the time until which their mails serve
  budgets  zset for each of counts  ids of mails and invitations by time

ARGV[1]
  subject  string   the member of `index`
  text     string   what was read of `waiting`; if it has changed since, nothing is released
  counts   strings  for each of `budgets` the id that does not count any more
  job      string?  the job (JSON) to put in; without it the mail is forgotten

Returns {code}
  OK         released
  UNCHANGED  it does not wait any more, or another job waits
]]
if redis.call('HGET', waiting, args.subject) ~= args.text then return {UNCHANGED} end

-- From here on only writes.
redis.call('HDEL', waiting, args.subject)
redis.call('ZREM', index, args.subject)
for place, id in ipairs(args.counts) do redis.call('ZREM', budgets[place], id) end
if args.job then redis.call('XADD', jobs, '*', 'job', args.job) end
return {OK}
