--[[
Writes a configuration record sealed anew, and bumps the configuration's counter: whoever knows the record as
it was must not write that back. Nobody is told, since it means the same as before.

KEYS[1] config  hash: the workspace's configuration

ARGV[1]
  field    string
  version  integer   the one that the caller read
  text     string    JSON, sealed anew, which is so at random that one which is there already is this call's

Returns {code}
  OK     written, or re-sent
  MOVED  the record is not, or no longer, of the version that the caller read
]]
-- include: arguments
-- include: keys
-- include: counters
-- include: configuration

local config = unpack(KEYS)
local args = arguments { field = 'string', version = 'integer', text = 'string' }
expect_keys(1)
expect('hash', config)
expect_counters(config, 'counter')
if args.version <= 0 then error('a record that is there has a version') end

local there = redis.call('HGET', config, args.field)
if there and there:match('^%d+ (.*)$') == args.text then return {OK} end
if version_of(config, args.field) ~= args.version then return {MOVED} end

-- From here on only writes.
local counter = redis.call('HINCRBY', config, 'counter', 1)
redis.call('HSET', config, args.field, string.format('%.0f ', counter) .. args.text)
return {OK}
