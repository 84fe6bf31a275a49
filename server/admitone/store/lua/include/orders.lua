-- The order in which the candidates of a place are tried. An order is {method, correction, members, priorities}: all
-- members of the place, candidates for this time or not, and the priority of each. The rules are the same as in
-- domain/availability/distribution.py; a test compares the two.

-- Returns the candidates (indexes into `users`, in the order of the pool) in the order in which they are tried. Ties
-- are decided by the caller's seed: Redis 6.2 repeats its own random numbers.
local function in_order(candidates, order, users, tallies, seed)
  local rank, key = {}, {}
  for place, user in ipairs(order.members) do rank[user] = order.priorities[place] end
  for place, index in ipairs(candidates) do
    local user = users[index]
    if order.method == 'round_robin' then
      key[index] = {0, turn_of(tallies[user], order), place}
    else
      local priority = order.method == 'pooled_priority' and -rank[user] or 0
      key[index] = {priority, tallies[user].order, redis.sha1hex(seed .. ':' .. user)}
    end
  end
  local sorted = {unpack(candidates)}
  table.sort(sorted, function(one, other)
    for i = 1, 3 do
      if key[one][i] ~= key[other][i] then return key[one][i] < key[other][i] end
    end
    return false
  end)
  return sorted
end

-- Raises an error, before the first write, unless there is one order for each place with all its candidates.
local function expect_orders(orders, places, users)
  array('orders', orders)
  if #orders ~= #places then error('orders are not one for each place') end
  for place, order in ipairs(orders) do
    if type(order) ~= 'table' then error('an order is not a map') end
    if order.method ~= 'round_robin' and order.method ~= 'pooled' and order.method ~= 'pooled_priority' then
      error('there is no such method')
    end
    ids('members', order.members)
    array('priorities', order.priorities)
    if #order.priorities ~= #order.members then error('priorities are not one for each member') end
    local there = {}
    for index, user in ipairs(order.members) do
      integer('a priority', order.priorities[index])
      there[user] = true
    end
    for _, index in ipairs(places[place]) do
      if not there[users[index]] then error('a candidate is not a member') end
    end
  end
end
