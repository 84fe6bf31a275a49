-- Returns ids that are separated by commas, without one of them; an empty text if none is left.
local function without(ids, id)
  local rest = {}
  for other in ids:gmatch('[^,]+') do
    if other ~= id then rest[#rest + 1] = other end
  end
  return table.concat(rest, ',')
end

-- Replaces the answer of an operation, which names people. No fingerprint is `erased`: so the same Idempotency-Key is
-- refused until it would have expired, and nothing is done twice.
local function forget_answer(kept)
  redis.call('SET', kept, 'erased ', 'XX', 'KEEPTTL')
end
