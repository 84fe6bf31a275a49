-- Refuses anything but a whole number that Lua and Redis write the same way; NaN is no number either.
local function integer(name, value)
  if type(value) ~= 'number' or value ~= math.floor(value) or math.abs(value) >= 2 ^ 53 then
    error(name .. ' is not an integer')
  end
end

-- Reads ARGV[1], a MessagePack map, and refuses it unless it has `shape`: {name = 'type'}, where the type is
-- what Lua calls it, or 'integer', and a question mark allows the name to be missing.
local function arguments(shape)
  local args = cmsgpack.unpack(ARGV[1])
  if type(args) ~= 'table' then error('the argument is not a map') end
  for name, kind in pairs(shape) do
    local value = args[name]
    local wanted, optional = kind:match('^(%a+)(%??)$')
    if value == nil then
      if optional == '' then error(name .. ' is missing') end
    elseif wanted == 'integer' then
      integer(name, value)
    elseif type(value) ~= wanted then
      error(name .. ' is not a ' .. wanted)
    end
  end
  return args
end

-- Refuses anything but an array that `unpack` can pass on whole: a hole would end it early, or be passed on
-- to Redis as an argument that it refuses midway.
local function array(name, value)
  if type(value) ~= 'table' then error(name .. ' is not an array') end
  local count = 0
  for _ in pairs(value) do count = count + 1 end
  for index = 1, count do
    if value[index] == nil then error(name .. ' is not an array, or has a hole') end
  end
  if count > 4000 then error(name .. ' is too long') end
end

-- Refuses anything but an array of strings, of an even length if `pairs_of` is true.
local function strings(name, value, pairs_of)
  array(name, value)
  for _, text in ipairs(value) do
    if type(text) ~= 'string' then error(name .. ' holds something other than strings') end
  end
  if pairs_of and #value % 2 == 1 then error(name .. ' lacks a value') end
end

-- Refuses anything but an array of ids, which Redis holds separated by commas, or by bars from other things.
local function ids(name, value)
  strings(name, value)
  for _, id in ipairs(value) do
    if id == '' or id:find('[,|]') then error(name .. ' holds what is no id') end
  end
end
