-- Returns the id of the contact with exactly this address, in its casefolded form, or nil. The address is one of the
-- contact's search words, and no other word is the same (store/records/contacts/contacts.py).
local function contact_with(contact_words, address)
  local low, high = '[' .. address .. '\0', '(' .. address .. '\1'
  local found = redis.call('ZRANGEBYLEX', contact_words, low, high, 'LIMIT', 0, 1)[1]
  return found and found:sub(#address + 2)
end
