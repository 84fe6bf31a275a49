-- include: history

-- Writes that a live booking has become `status` ('cancelled' or 'no_show', also the names of the counters), after it
-- has freed the time of its hosts: so a full Redis lets a script pass that begins with this. `there` is the booking before it, `changes` are the new tallies of its users (name,
-- text, …), and `occupied` the keys of their occupied time.
local function write_ended(booking, status, history, counts, turns, args, there, changes, occupied)
  for index = 1, #args.users do
    redis.call('ZREM', occupied[index], occupied_member(args.booking, there))
  end
  note_changes(counts, args.users)
  redis.call('HSET', booking, 'status', status, 'sequence', args.sequence + 1)
  if args.recounted then redis.call('HSET', booking, 'counted', args.recounted) end
  if #changes > 0 then redis.call('HSET', turns, unpack(changes)) end
  append_event(history, args.noted)
  count(counts, status, 1)
end
