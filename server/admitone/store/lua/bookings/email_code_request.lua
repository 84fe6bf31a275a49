--[[
Makes a code that confirms a customer's address for a page, and requests the mail with it.

While an earlier code is valid it is kept and mailed once more, so that nobody can make a customer's code invalid by
asking for another one. Its time begins anew, its tries do not.

KEYS
  code      hash read                  the code of this address for this page
  requests  zset read                  recent requests for this address
  jobs      stream                     the partition's outbox
  network   zset read if network_rate  recent requests from the customer's network address

ARGV[1]
  now           integer   epoch seconds
  workspace     string
  request       id        its id, also the id of the operation
  rate          table     {most, period}: requests for one address, and the seconds within which they count
  network_rate  table?    the same for one network
  hash          string    the keyed hash of the new code
  sealed        string    what the mail needs to know, sealed
  lifetime      positive  seconds for which a code is valid
  event         string    JSON; the activity has no entry, or strangers could fill it

Returns {code, seconds}
  OK        requested; or only counted, if there were too many requests for this address: the answer must not tell
  APPLIED   this request was carried out before
  TOO_MANY  there were too many requests from the network; comes with the seconds to wait
]]
-- include: rate
-- include: email_code
-- include: publish

expect_rate(args.rate)
if args.network_rate then expect_rate(args.network_rate) end

if redis.call('ZSCORE', requests, args.request) then return {APPLIED} end
local wait = args.network_rate and wait_for(network, args.network_rate, args.now)
if wait then return {TOO_MANY, string.format('%.0f', wait)} end
local is_mailed = not wait_for(requests, args.rate, args.now)
local is_kept = is_valid_code(code, args.now)

-- From here on only writes.
if is_mailed then
  announce(jobs, args.workspace, args.event)
  if not is_kept then
    redis.call('DEL', code)
    redis.call('HSET', code, 'hash', args.hash, 'sealed', args.sealed)
  end
  redis.call('HSET', code, 'until', args.now + args.lifetime)
  redis.call('EXPIRE', code, args.lifetime)
  note(requests, args.rate, args.now, args.request)
end
if args.network_rate then note(network, args.network_rate, args.now, args.request) end
return {OK}
