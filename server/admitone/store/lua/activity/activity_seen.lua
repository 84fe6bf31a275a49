--[[
Notes up to which entry of the activity a user has seen it. The mark never goes back, and not beyond the newest entry.

KEYS
  seen      hash    by user the id of the last entry that they have seen
  activity  stream  the workspace's activity

ARGV[1]
  user   id      the user's id
  entry  string  the id of the entry, such as 1764000000000-0

Returns {code}
  OK         noted
  UNCHANGED  the user has seen a later entry, or this one
]]

local function order(entry)
  local time, number = entry:match('^(%d+)-(%d+)$')
  if not time then error('the entry is no id') end
  return tonumber(time), tonumber(number)
end

local function is_later(one, other)
  local time, number = order(one)
  local other_time, other_number = order(other)
  return time > other_time or (time == other_time and number > other_number)
end

local newest = redis.call('XREVRANGE', activity, '+', '-', 'COUNT', 1)[1]
local last = newest and newest[1] or '0-0'
local entry = is_later(args.entry, last) and last or args.entry
if not is_later(entry, redis.call('HGET', seen, args.user) or '0-0') then return {UNCHANGED} end

-- From here on only writes.
redis.call('HSET', seen, args.user, entry)
return {OK}
