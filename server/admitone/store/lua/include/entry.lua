-- Raises an error unless `id` is the full id of a stream entry: commands that write take no shorter form.
local function expect_entry(name, id)
  if type(id) ~= 'string' or not id:match('^%d+%-%d+$') then error(name .. ' is not the id of an entry') end
end

-- Returns whether the outbox has the entry. If it does not, an earlier attempt of this call finished the entry, or
-- another consumer that took it over; then there is nothing to write.
local function is_there(jobs, id)
  return #redis.call('XRANGE', jobs, id, id) == 1
end

local function remove(jobs, group, id)
  redis.call('XACK', jobs, group, id)
  redis.call('XDEL', jobs, id)
end
