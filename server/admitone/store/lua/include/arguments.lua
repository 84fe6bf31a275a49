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

-- A table of at most 4,000 elements that `unpack` passes on whole. A hole could end it early, or reach Redis as an
-- argument that Redis refuses midway. With `wanted`, all elements are of this type.
local function array(name, value, wanted)
  if type(value) ~= 'table' then error(name .. ' is not an array') end
  local count = 0
  for _ in pairs(value) do count = count + 1 end
  if count > 4000 then error(name .. ' is too long') end
  for index = 1, count do
    local element = value[index]
    if element == nil then error(name .. ' is not an array, or has a hole') end
    if wanted and type(element) ~= wanted then error(name .. ' holds something other than a ' .. wanted) end
  end
end

-- An array of strings; with `is_map`, names and values in turn.
local function strings(name, value, is_map)
  array(name, value, 'string')
  if is_map and #value % 2 == 1 then error(name .. ' lacks a value') end
end

local function id(name, value)
  if type(value) ~= 'string' or value == '' or value:find('[,|]') then error(name .. ' is not an id') end
end

-- An array of ids. Redis holds ids separated by commas, or by bars from other values.
local function ids(name, value)
  array(name, value)
  for index = 1, #value do id(name, value[index]) end
end

local function given(kind, name, value)
  if type(value) ~= kind then error(name .. ' is not a ' .. kind) end
end

-- Returns ARGV[1], a MessagePack map, as a table, or raises an error. The Lua that is made of the header then checks
-- each argument by the functions above (store/redis/script_header.py).
local function arguments()
  local args = cmsgpack.unpack(ARGV[1])
  given('table', 'the argument', args)
  return args
end
