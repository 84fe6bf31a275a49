-- Each check below raises an error that names the argument, unless `value` is of one kind.

-- A whole number that Lua and Redis write in the same way. NaN is not a number here.
local function integer(name, value)
  if type(value) ~= 'number' or value ~= math.floor(value) or math.abs(value) >= 2 ^ 53 then
    error(name .. ' is not an integer')
  end
end

local function positive(name, value)
  integer(name, value)
  if value <= 0 then error(name .. ' is not positive') end
end

-- An array that `unpack` passes on whole. A hole could end the array early, or reach Redis as an argument that
-- Redis refuses midway.
local function array(name, value)
  if type(value) ~= 'table' then error(name .. ' is not an array') end
  local count = 0
  for _ in pairs(value) do count = count + 1 end
  for index = 1, count do
    if value[index] == nil then error(name .. ' is not an array, or has a hole') end
  end
  if count > 4000 then error(name .. ' is too long') end
end

-- An array of strings; with `is_map`, names and values in turn.
local function strings(name, value, is_map)
  array(name, value)
  for _, text in ipairs(value) do
    if type(text) ~= 'string' then error(name .. ' holds something other than strings') end
  end
  if is_map and #value % 2 == 1 then error(name .. ' lacks a value') end
end

-- An array of ids. Redis holds ids separated by commas, or by bars from other values.
local function ids(name, value)
  strings(name, value)
  for _, id in ipairs(value) do
    if id == '' or id:find('[,|]') then error(name .. ' holds a string that is not an id') end
  end
end

-- The kinds of arguments that a script's header may name; store/redis/script_header.py knows the same ones.
local KINDS = {
  integer = integer,
  positive = positive,
  array = array,
  strings = strings,
  pairs = function(name, value) strings(name, value, true) end,
  ids = ids,
  id = function(name, value) ids(name, {value}) end,
}

-- Returns ARGV[1], a MessagePack map, as a table, or raises an error unless it has `shape`: {name = kind}. A kind is
-- one of KINDS or a type of Lua; a question mark after it allows the argument to be missing.
local function arguments(shape)
  local args = cmsgpack.unpack(ARGV[1])
  if type(args) ~= 'table' then error('the argument is not a map') end
  for name, kind in pairs(shape) do
    local value = args[name]
    local wanted, optional = kind:match('^(%a+)(%??)$')
    if value == nil then
      if optional == '' then error(name .. ' is missing') end
    elseif KINDS[wanted] then
      KINDS[wanted](name, value)
    elseif type(value) ~= wanted then
      error(name .. ' is not a ' .. wanted)
    end
  end
  return args
end
