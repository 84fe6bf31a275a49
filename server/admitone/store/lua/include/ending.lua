-- Writes that a live booking has become `status` ('cancelled', 'no_show': counters are called the same), and frees
-- the time of its hosts. `there` is the booking as it was, `changes` what its users have had then, and their
-- occupied times are the keys from `first` on.
local function write_ended(booking, status, history, counts, turns, args, there, changes, first)
  for index = 1, #args.users do
    redis.call('ZREM', KEYS[first + index - 1], occupied_member(args.booking, there))
  end
  redis.call('HSET', booking, 'status', status, 'sequence', args.sequence + 1)
  if #changes > 0 then redis.call('HSET', turns, unpack(changes)) end
  redis.call('RPUSH', history, args.event)
  count(counts, status, 1)
end
