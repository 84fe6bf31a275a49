-- The domains of customers' addresses are counted by month: the first 500 of a month apart, all others together
-- (domain/reports/figures.py). A record keeps the mark of how it is counted.
local DOMAINS, OTHER = 500, '*other'
local APART, TOGETHER, NONE = '=', '*', '-'

-- Returns the key under which `domain` is counted, and its mark. `joining` are the domains that join those of the month
-- by this call; a domain that does is added.
local function domain_place(domains, domain, joining)
  if joining[domain] or redis.call('SISMEMBER', domains, domain) == 1 then return domain, APART end
  local count = redis.call('SCARD', domains)
  for _ in pairs(joining) do count = count + 1 end
  if count >= DOMAINS then return OTHER, TOGETHER end
  joining[domain] = true
  return domain, APART
end

local function join_domains(domains, joining)
  for domain in pairs(joining) do redis.call('SADD', domains, domain) end
end
