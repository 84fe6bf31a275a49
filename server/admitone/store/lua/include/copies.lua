-- Returns the entries of `kept` (a mail's id, a space, the mail, sealed) that are copies of this mail. The list is short.
local function copies_of(kept, mail)
  local found = {}
  for _, entry in ipairs(redis.call('LRANGE', kept, 0, -1)) do
    if string.sub(entry, 1, #mail + 1) == mail .. ' ' then found[#found + 1] = entry end
  end
  return found
end
