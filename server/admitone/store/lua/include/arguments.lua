-- Reads ARGV[1], a MessagePack map, and refuses it unless it has `shape`: {name = 'type'}, where the type is
-- what Lua calls it, or 'integer', and a question mark allows the name to be missing.
local function arguments(shape)
  local args = cmsgpack.unpack(ARGV[1])
  for name, kind in pairs(shape) do
    local value = args[name]
    local wanted, optional = kind:match('^(%a+)(%??)$')
    if value == nil then
      if optional == '' then error('argument ' .. name .. ' is missing') end
    elseif wanted == 'integer' then
      if type(value) ~= 'number' or value ~= math.floor(value) or math.abs(value) >= 2 ^ 53 then
        error('argument ' .. name .. ' is not an integer')
      end
    elseif type(value) ~= wanted then
      error('argument ' .. name .. ' is not a ' .. wanted)
    end
  end
  return args
end

-- Refuses anything but an array of strings, of an even length if `pairs_of` is true.
local function strings(name, array, pairs_of)
  if type(array) ~= 'table' then error('argument ' .. name .. ' is not an array') end
  for _, value in ipairs(array) do
    if type(value) ~= 'string' then error('argument ' .. name .. ' holds something other than strings') end
  end
  if pairs_of and #array % 2 == 1 then error('argument ' .. name .. ' lacks a value') end
end
