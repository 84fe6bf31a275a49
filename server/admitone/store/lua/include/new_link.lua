-- include: figures
-- include: domains

-- Raises an error, before the first write, unless `link` is {id, fields = {name, value, …}, words, event = JSON, expires?,
-- counted, made, domain?}. `words` are members of the word index, `expires` is epoch seconds. `counted` is what it
-- contributes to the counters of reports without its mark, `made` how the names of counters of links made begin, and
-- `domain` that of its person's address.
local function expect_new_link(link)
  if type(link) ~= 'table' then error('a link is not a map') end
  strings('a link', {link.id or 0, link.event or 0, link.counted or 0, link.made or 0, link.domain or ''})
  strings('fields', link.fields, true)
  strings('words', link.words)
  if #link.fields == 0 then error('a link is incomplete') end
  if link.expires ~= nil then integer('expires', link.expires) end
end

-- Returns what new links add to the counters of domains, by field, and the domains that join those of the month. Gives
-- each link its mark. Raises an error, before the first write, for a counter that is none.
local function count_domains(links, domain_counters, domains)
  local added, joining = {}, {}
  for _, link in ipairs(links) do
    link.mark = NONE
    if link.domain then
      local key, mark = domain_place(domains, link.domain, joining)
      local field = link.made .. key
      link.mark, added[field] = mark, (added[field] or 0) + 1
    end
  end
  for field in pairs(added) do expect_counters(domain_counters, field) end
  return added, joining
end

local function write_domains(added, joining, domain_counters, domains)
  for field, number in pairs(added) do redis.call('HINCRBY', domain_counters, field, number) end
  join_domains(domains, joining)
end

-- Writes a link, its places in the lists by creation time and by expiry, and its search words.
local function write_new_link(key, link, created, links, page_links, user_links, expiring_links, link_words)
  redis.call('HSET', key, 'counted', link.mark .. link.counted, unpack(link.fields))
  redis.call('ZADD', links, created, link.id)
  redis.call('ZADD', page_links, created, link.id)
  redis.call('ZADD', user_links, created, link.id)
  if link.expires then redis.call('ZADD', expiring_links, link.expires, link.id) end
  for _, word in ipairs(link.words) do redis.call('ZADD', link_words, 0, word) end
end
