--[[
Admits runs that wait in a workflow's queue, oldest first. Those that have not begun count as a mail from the sender's
mailbox, within its rates; the others were queued while the workflow was paused.

KEYS
  queue    zset                   the workflow's runs that wait to be admitted
  jobs     stream                 the partition's outbox
  mailbox  zset                   mails of workflows from the sender's mailbox, by time
  run      hash for each of runs  the runs

ARGV[1]
  now     integer  epoch seconds
  runs    ids      the first runs of the queue as the caller read it
  work    strings  the job of each of them
  day     table    {most, period}: mails from the mailbox, and the seconds within which they count
  minute  table  the same for a shorter time

Returns {code, admitted, wait}
  OK  comes with the number of runs that left the queue, and the seconds until the next may, 0 if the rates allow more
]]
-- include: rate
-- include: run

expect_rate(args.day)
expect_rate(args.minute)
if #args.work ~= #args.runs then error('jobs are not one for each run') end

local left = math.huge
for _, rate in ipairs({args.day, args.minute}) do
  left = math.min(left, rate.most - redis.call('ZCOUNT', mailbox, string.format('(%.0f', args.now - rate.period), '+inf'))
end
local gone, admitted = {}, {}
for index, id in ipairs(args.runs) do
  local status, moves = unpack(redis.call('HMGET', run[index], 's', 'n'))
  if not redis.call('ZSCORE', queue, id) or status ~= 'w' then
    gone[#gone + 1] = id
  else
    local is_new = not moves
    if is_new and left <= 0 then break end
    if is_new then left = left - 1 end
    admitted[#admitted + 1] = {id, args.work[index], is_new}
  end
end
local wait = left <= 0 and (wait_for(mailbox, args.day, args.now) or wait_for(mailbox, args.minute, args.now)) or 0

-- From here on only writes.
-- What frees memory comes first: so a full Redis lets the whole script pass.
for _, id in ipairs(gone) do redis.call('ZREM', queue, id) end
for _, one in ipairs(admitted) do
  redis.call('ZREM', queue, one[1])
  redis.call('XADD', jobs, '*', 'job', one[2])
  if one[3] then note_mail(mailbox, args.now, one[1]) end
end
return {OK, #gone + #admitted, wait}
