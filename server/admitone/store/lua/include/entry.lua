-- Refuses anything but the full id of a stream's entry: commands that write take no shorter form.
local function expect_entry(name, id)
  if type(id) ~= 'string' or not id:match('^%d+%-%d+$') then error(name .. ' is not the id of an entry') end
end

-- Whether the outbox still has the entry. One that it lacks was finished before, by this call or by whoever
-- took the entry over, so that there is nothing left to write.
local function is_there(jobs, id)
  return #redis.call('XRANGE', jobs, id, id) == 1
end

local function remove(jobs, group, id)
  redis.call('XACK', jobs, group, id)
  redis.call('XDEL', jobs, id)
end
