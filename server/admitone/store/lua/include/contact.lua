-- include: publish
-- include: contact_address
-- include: words

-- A change of one contact, as store/records/contacts/contacts.py writes it: {id, version, address?, set = {name, value, …}, unset,
-- words, dropped, tagged, untagged, events}. `version` is that of the contact as the caller read it, 0 for a new contact.
-- `address` is the exact address that the contact is to have, if that is new to it. `words` and `dropped` are the members
-- of the word index that come and go, `tagged` and `untagged` the tags, as numbers of places in an array of tags and their keys.

-- Raises an error, before the first write, unless `change` is a change, and its tags are among `tags`.
local function expect_contact_change(change, tags)
  if type(change) ~= 'table' then error('a change is not a map') end
  if type(change.id) ~= 'string' or change.id == '' then error('a change has no id') end
  integer('version', change.version)
  if change.address ~= nil and type(change.address) ~= 'string' then error('an address is not a string') end
  for _, name in ipairs({'unset', 'words', 'dropped', 'events'}) do strings(name, change[name]) end
  strings('set', change.set, true)
  for _, name in ipairs({'tagged', 'untagged'}) do
    array(name, change[name])
    for _, place in ipairs(change[name]) do
      integer(name, place)
      if not tags[place] then error(name .. ' names no tag') end
    end
  end
end

-- Returns whether a contact has changed since the caller read it, or whether its new address is another contact's.
local function has_contact_moved(contact, change, contact_words)
  local email, version = unpack(redis.call('HMGET', contact, 'email', 'v'))
  if change.version == 0 and email or change.version ~= 0 and not email then return true end
  if email and version ~= string.format('%.0f', change.version) then return true end
  return change.address ~= nil and contact_with(contact_words, change.address) ~= nil
end

-- Returns whether the workspace's contacts can have these tags without more than `most` different ones.
local function has_room_for_tags(contact_tags, tags, most)
  local new = 0
  for _, tag in ipairs(tags) do new = new + 1 - redis.call('HEXISTS', contact_tags, tag) end
  return new == 0 or redis.call('HLEN', contact_tags) + new <= most
end

-- Returns the place of a contact in the lists by creation: `created` for a new one. Raises an error for a contact that
-- is in no list.
local function contact_place(change, contacts, created)
  if change.version == 0 then return string.format('%.0f', created) end
  return redis.call('ZSCORE', contacts, change.id) or error(change.id .. ' is not in the list of contacts')
end

-- Writes the search words, tags and counts of tags that a change takes from a contact.
local function drop_from_contact(change, contact_words, contact_tags, tags, tagged)
  for _, word in ipairs(change.dropped) do redis.call('ZREM', contact_words, word) end
  for _, place in ipairs(change.untagged) do
    redis.call('ZREM', tagged[place], change.id)
    if redis.call('HINCRBY', contact_tags, tags[place], -1) == 0 then redis.call('HDEL', contact_tags, tags[place]) end
  end
end

-- Writes a change: the contact, its search words, its tags and how many contacts have each, and its events into the
-- outbox. `place` is its place in the lists; `tagged` has the key of each of `tags`, whose counts were checked.
local function write_contact(contact, change, place, jobs, workspace, contacts, contact_words, contact_tags, tags, tagged)
  for _, event in ipairs(change.events) do announce(jobs, workspace, event) end
  redis.call('HSET', contact, 'v', string.format('%.0f', change.version + 1), unpack(change.set))
  if #change.unset > 0 then redis.call('HDEL', contact, unpack(change.unset)) end
  if change.version == 0 then redis.call('ZADD', contacts, place, change.id) end
  add_words(contact_words, change.words)
  for _, index in ipairs(change.tagged) do
    redis.call('ZADD', tagged[index], place, change.id)
    redis.call('HINCRBY', contact_tags, tags[index], 1)
  end
  drop_from_contact(change, contact_words, contact_tags, tags, tagged)
end
