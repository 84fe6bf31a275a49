-- The custom fields of contacts, by how many contacts have each: a sorted set, of which the most usual ones are read. A
-- call changes it by an array of {name, by}; by is below zero if fewer contacts have the field than before.

-- Raises an error, before the first write, unless `fields` is such an array.
local function expect_field_counts(fields)
  for _, field in ipairs(fields) do
    if type(field) ~= 'table' or type(field[1]) ~= 'string' then error('a custom field has no name') end
    integer('by', field[2])
  end
end

-- A field that no contact has any more is removed. So is one that was never counted.
local function count_contact_fields(field_counts, fields)
  for _, field in ipairs(fields) do redis.call('ZINCRBY', field_counts, field[2], field[1]) end
  redis.call('ZREMRANGEBYSCORE', field_counts, '-inf', 0)
end
