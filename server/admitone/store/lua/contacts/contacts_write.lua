--[[
Creates and changes contacts: all of them or none.

KEYS
  jobs           stream                    the partition's outbox
  activity       stream                    the workspace's activity
  contacts       zset                      contacts by creation time
  contact_words  zset                      search words of contacts; an address is one
  contact_tags   hash                      how many contacts have each tag
  field_counts   zset                      custom fields by how many contacts have each
  operation      string                    the answer kept for this operation
  records        hash for each of changes  the contacts
  tagged         zset for each of tags     contacts that have the tag, by creation time

ARGV[1]
  workspace  string
  most_tags  positive  the number of different tags that the workspace's contacts can have
  created    integer   epoch microseconds, the place of the first new contact in the lists; each further one is 1 higher
  changes    array     what becomes of each contact (include/contact.lua)
  tags       strings   the tags that a contact gets or loses
  fields     array     custom fields that more or fewer contacts have (include/contact_fields.lua)
  entries    strings   events for the activity stream
  operation  string    the answer to keep for this operation
  lifetime   positive  seconds for which the answer is kept

Returns {code, answer}
  OK        written
  APPLIED   this operation was applied before; comes with the answer kept for it
  MOVED     a contact has changed since the caller read it, or a new address is another contact's
  TOO_MANY  the workspace's contacts would have too many different tags
]]
-- include: operation
-- include: counters
-- include: publish
-- include: contact
-- include: contact_fields

for _, change in ipairs(args.changes) do expect_contact_change(change, args.tags) end
for _, tag in ipairs(args.tags) do expect_counters(contact_tags, tag) end
expect_field_counts(args.fields)

local before = applied(operation)
if before then return {APPLIED, before} end
local places = {}
for index, change in ipairs(args.changes) do
  if has_contact_moved(records[index], change, contact_words) then return {MOVED} end
  places[index] = contact_place(change, contacts, args.created + index - 1)
end
if not has_room_for_tags(contact_tags, args.tags, args.most_tags) then return {TOO_MANY} end

-- From here on only writes.
for _, event in ipairs(args.entries) do show(activity, event, '') end
for index, change in ipairs(args.changes) do
  write_contact(records[index], change, places[index], jobs, args.workspace, contacts, contact_words, contact_tags,
    args.tags, tagged)
end
count_contact_fields(field_counts, args.fields)
remember(operation, args.operation, args.lifetime)
return {OK}
