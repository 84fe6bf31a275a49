--[[
Deletes a contact. Nothing of it stays.

KEYS
  contact        hash                   the contact
  jobs           stream                 the partition's outbox
  activity       stream                 the workspace's activity
  contacts       zset                   contacts by creation time
  contact_words  zset                   search words of contacts
  contact_tags   hash                   how many contacts have each tag
  field_counts   zset                   custom fields by how many contacts have each
  erasure        hash if erasure        the erasure that this belongs to, which counts
  tagged         zset for each of tags  contacts that have the tag, by creation time

ARGV[1]
  workspace  string
  change     table    what the contact loses (include/contact.lua)
  tags       strings  the contact's tags
  fields     array    custom fields that fewer contacts have (include/contact_fields.lua)
  event      string   JSON
  erasure    string?  the id of the erasure

Returns {code}
  OK         deleted
  NOT_FOUND  there is no contact with this id: a call before this one deleted it
  MOVED      the contact has changed since the caller read it
]]
-- include: counters
-- include: publish
-- include: contact
-- include: contact_fields

expect_contact_change(args.change, args.tags)
for _, tag in ipairs(args.tags) do expect_counters(contact_tags, tag) end
expect_field_counts(args.fields)
if args.erasure then expect_counters(erasure, 'contacts') end

if redis.call('HEXISTS', contact, 'email') == 0 then return {NOT_FOUND} end
if has_contact_moved(contact, args.change, contact_words) then return {MOVED} end

-- From here on only writes.
-- What frees memory comes first: so a full Redis lets the whole script pass.
redis.call('DEL', contact)
redis.call('ZREM', contacts, args.change.id)
count_contact_fields(field_counts, args.fields)
drop_from_contact(args.change, contact_words, contact_tags, args.tags, tagged)
publish(jobs, activity, args.workspace, args.event, '')
if args.erasure then count(erasure, 'contacts', 1) end
return {OK}
