-- What is counted for reports. A table of counters is a string of whole numbers of 32 bits; a hash has the row of each
-- name in it (domain/reports/figures.py). `added` has for each of `counters` what is added: {rows, reserved}. Each row is
-- {name, place, number, place, number, …}, places as numbers and numbers as texts; the name of row 0 is empty, and
-- `reserved` rows have no other name. A record keeps in its field `counted` what it has contributed. The script adds
-- nothing unless that is what the caller read, so that each change is counted once, and taken back where it was counted.
local ROW, MOST_ROWS, MOST_WORDS = 310, 100000, 7000

-- Appends to what is added to the table in a place what the caller could not know.
local function also_add(added, table_place, name, place, number)
  local rows = added[table_place].rows
  rows[#rows + 1] = {name, place, number}
end

-- Returns the row of each of `rows`, and the rows of those that have none yet: name, row, …
local function find_rows(table_rows, rows, reserved)
  local names = {}
  for index = 1, #rows do names[index] = rows[index][1] end
  local known = #names > 0 and redis.pcall('HMGET', table_rows, unpack(names)) or {}
  local found, new, fresh, next_row = {}, {}, {}, nil
  for index = 1, known.err and 0 or #names do
    local name = names[index]
    local row = name == '' and 0 or tonumber(known[index] or '') or fresh[name]
    if not row then
      next_row = next_row or reserved + redis.call('HLEN', table_rows)
      row, fresh[name], next_row = next_row, next_row, next_row + 1
      new[#new + 1], new[#new + 2] = name, string.format('%d', row)
    end
    found[index] = row
  end
  return found, new
end

-- Returns the words of BITFIELD for one table, and its new rows.
local function words_for(table_rows, parts)
  local found, new = find_rows(table_rows, parts.rows, parts.reserved)
  local words, last = {}, 0
  for index, row in ipairs(found) do
    local added = parts.rows[index]
    if #added % 2 == 0 then error('a counter lacks its number') end
    for place = 2, row >= 0 and row < MOST_ROWS and #added or 0, 2 do
      words[last + 1], words[last + 2] = 'INCRBY', 'i32'
      words[last + 3], words[last + 4] = string.format('#%d', row * ROW + added[place]), added[place + 1]
      last = last + 4
    end
  end
  if last > MOST_WORDS or #new > MOST_WORDS then error('there are too many counters') end
  return words, new
end

-- Returns what `add_figures` writes. Raises an error, before the first write, for what Redis would not take. A
-- key of another type is left alone: no figure may keep anybody from booking.
local function figures_to_add(rows, added)
  local found = {}
  for place, parts in ipairs(added) do
    local words, new = words_for(rows[place], parts)
    found[place] = {words = words, rows = new}
  end
  return found
end

local function add_figures(counters, rows, counted)
  for place, change in ipairs(counted) do
    if #change.rows > 0 then redis.pcall('HSET', rows[place], unpack(change.rows)) end
    if #change.words > 0 then redis.pcall('BITFIELD', counters[place], 'OVERFLOW', 'SAT', unpack(change.words)) end
  end
end
