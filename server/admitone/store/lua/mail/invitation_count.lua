--[[
Counts an invitation in the budgets, once for its id, if it is within all of them now.

KEYS
  budgets  zset for each of rates  ids of mails and invitations by time; a time ahead is reserved

ARGV[1]
  id     string   the invitation: one change of one event
  now    integer  epoch seconds
  rates  array    for each budget an array of {most, period}

Returns {code}
  OK        counted
  APPLIED   counted before
  TOO_MANY  over budget: the guests must not be told
]]
-- include: rate
-- include: budget

expect_rates(args.rates)
if counted_at(budgets, args.id) then return {APPLIED} end
if earliest(budgets, args.rates, args.now) > args.now then return {TOO_MANY} end

-- From here on only writes.
charge(budgets, args.id, args.now, args.now)
return {OK}
