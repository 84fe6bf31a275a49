--[[
Replaces what a link or a booking has contributed to the counters of reports: takes off what its record says, and adds
what follows from the record as it is. A second call finds that done.

KEYS
  record    hash                   the link, or the part of the booking that changes
  domains   set if domain          the domains that are counted apart in the month
  counters  any for each of added  counters of reports
  rows      any for each of added  the rows of their names

ARGV[1]
  names      strings  fields of the record
  values     strings  what the caller read in them; an empty text for a missing one
  counted    string   what the record has contributed after this, without its mark
  mark       string?  how it is counted by domain; left out if that is decided here
  domain     string?  the domain of the person's address; given without `mark`
  set        pairs    more fields of the record to write: name, value, …
  added      array    what is added to the counters (include/figures.lua)
  by_domain  array    additions under the domain's key: {table in `added`, place, number}

Returns {code}
  OK     replaced
  MOVED  the record has changed since the caller read it
]]
-- include: figures
-- include: domains

if #args.names == 0 or #args.names ~= #args.values then error('values are not one for each name') end
if not args.mark and not args.domain then error('neither mark nor domain is given') end

for index, value in ipairs(redis.call('HMGET', record, unpack(args.names))) do
  if (value or '') ~= args.values[index] then return {MOVED} end
end
local joining, key, mark = {}, nil, args.mark
if not mark then key, mark = domain_place(domains, args.domain, joining) end
for _, addition in ipairs(args.by_domain) do
  if not key then error('a counter of a domain has no name') end
  also_add(args.added, addition[1], key, addition[2], addition[3])
end
local counted = figures_to_add(rows, args.added)

-- From here on only writes.
redis.call('HSET', record, 'counted', mark .. args.counted, unpack(args.set))
add_figures(counters, rows, counted)
join_domains(domains, joining)
return {OK}
