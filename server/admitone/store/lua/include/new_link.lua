-- include: figures
-- include: domains
-- include: words

-- Raises an error, before the first write, unless `link` is {id, fields = {name, value, …}, words, event = JSON, expires?,
-- counted, made, domain?}. `words` are members of the word index, `expires` is epoch seconds. `counted` is what it
-- contributes to the counters of reports without its mark, `made` the place of the counter of links made, and `domain`
-- that of its person's address.
local function expect_new_link(link)
  if type(link) ~= 'table' then error('a link is not a map') end
  strings('a link', {link.id or 0, link.event or 0, link.counted or 0, link.domain or ''})
  strings('fields', link.fields, true)
  strings('words', link.words)
  if #link.fields == 0 then error('a link is incomplete') end
  integer('made', link.made)
  if link.expires ~= nil then integer('expires', link.expires) end
end

-- Gives each new link its mark, and appends what they add to the counters of domains. Returns the domains that
-- join those of the month.
local function mark_links(links, added, table_place, domains)
  local joining = {}
  for _, link in ipairs(links) do
    link.mark = NONE
    if link.domain then
      local key, mark = domain_place(domains, link.domain, joining)
      link.mark = mark
      also_add(added, table_place, key, link.made, '1')
    end
  end
  return joining
end

-- Writes a link, its places in the lists by creation time and by expiry, and its search words.
local function write_new_link(key, link, created, links, page_links, user_links, expiring_links, link_words)
  redis.call('HSET', key, 'counted', link.mark .. link.counted, unpack(link.fields))
  redis.call('ZADD', links, created, link.id)
  redis.call('ZADD', page_links, created, link.id)
  redis.call('ZADD', user_links, created, link.id)
  if link.expires then redis.call('ZADD', expiring_links, link.expires, link.id) end
  add_words(link_words, link.words)
end
