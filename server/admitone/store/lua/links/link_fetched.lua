--[[
Notes that a link was fetched, by a person or by a mail scanner. This is telemetry: the state of the link stays.

The first time counts for reports. Only after reading the link does the caller know where: so the first call of all
answers MOVED and writes nothing, and a second one names what the link has contributed and the counters.

KEYS
  link      hash read              the one-time link
  counters  any for each of added  counters of reports
  rows      any for each of added  the rows of their names

ARGV[1]
  now      integer  epoch seconds
  most     integer  the highest count
  counted  string?  what the link has contributed to the counters, as the caller read it
  added    array    what is added to the counters the first time (include/figures.lua)

Returns {code}
  OK         noted
  NOT_FOUND  there is no link with this id
  MOVED      it is the first time, and the link has contributed something else to the counters
]]
-- include: counters
-- include: figures

expect_counters(link, 'fetches')
local page, contributed, known = unpack(redis.call('HMGET', link, 'page', 'counted', 'fetches'))
if not page then return {NOT_FOUND} end
local fetches = tonumber(known or '0')
if fetches == 0 and (contributed or nil) ~= args.counted then return {MOVED} end
local counted = figures_to_add(rows, args.added)

-- From here on only writes.
if fetches == 0 then
  redis.call('HSET', link, 'fetched', args.now)
  add_figures(counters, rows, counted)
end
if fetches < args.most then count(link, 'fetches', 1) end
return {OK}
