-- Returns the id of the contact with exactly this address, in its casefolded form, or nil. The address is one of the
-- contact's search words, and no other word is the same (store/records/contacts/contacts.py). After a word and \0 come
-- six characters of the creation, then the id (store/records/word_index.py).
local function contact_with(contact_words, address)
  local low, high = '[' .. address .. '\0', '(' .. address .. '\1'
  local found = redis.call('ZRANGEBYLEX', contact_words, low, high, 'LIMIT', 0, 1)[1]
  return found and found:sub(#address + 8)
end
