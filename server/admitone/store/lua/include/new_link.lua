-- Raises an error, before the first write, unless `link` is {id, fields = {name, value, …}, words, event = JSON,
-- expires?}. `words` are members of the word index, `expires` is epoch seconds.
local function expect_new_link(link)
  if type(link) ~= 'table' then error('a link is not a map') end
  strings('a link', {link.id, link.event})
  strings('fields', link.fields, true)
  strings('words', link.words)
  if #link.fields == 0 or not link.id or not link.event then error('a link is incomplete') end
  if link.expires ~= nil then integer('expires', link.expires) end
end

-- Writes a link, its places in the lists by creation time and by expiry, and its search words.
local function write_new_link(key, link, created, links, page_links, user_links, expiring_links, link_words)
  redis.call('HSET', key, unpack(link.fields))
  redis.call('ZADD', links, created, link.id)
  redis.call('ZADD', page_links, created, link.id)
  redis.call('ZADD', user_links, created, link.id)
  if link.expires then redis.call('ZADD', expiring_links, link.expires, link.id) end
  for _, word in ipairs(link.words) do redis.call('ZADD', link_words, 0, word) end
end
