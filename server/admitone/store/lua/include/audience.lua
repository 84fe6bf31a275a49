-- Whom an event concerns, as its entry in the activity says (docs/activity.md): ids of users, each once, separated by
-- commas. Functions here only read.

-- Returns the owner in the JSON of a booking page, or nil. Quotes in texts are escaped in JSON, so no text of the page
-- can pass for its owner.
local function owner_in(text)
  return text and text:match('"owner":"([^"]*)"')
end

-- Returns the owner of a booking page, or nil for a master page or a page that was deleted.
local function owner_of(config, page)
  return page and owner_in(redis.call('HGET', config, 'booking_page:' .. page))
end

-- Returns the text of an entry; elements that are false or empty are left out.
local function audience(ids)
  local found, is_found = {}, {['']=true}
  for _, id in ipairs(ids) do
    if id and not is_found[id] then
      found[#found + 1], is_found[id] = id, true
    end
  end
  return table.concat(found, ',')
end

-- Returns whom an event of a link concerns: who made it, and the owner of its page.
local function audience_of_link(config, page, by)
  return audience({by or false, owner_of(config, page) or false})
end

-- As `audience_of_link`, for the hash of a link.
local function link_audience(config, link)
  return audience_of_link(config, unpack(redis.call('HMGET', link, 'page', 'by')))
end

-- Returns the value of a field in `pairs`: name, value, …
local function field_in(pairs, name)
  for index = 1, #pairs, 2 do
    if pairs[index] == name then return pairs[index + 1] end
  end
end

-- As `audience_of_link`, for the fields of a link that is created: name, value, …
local function new_link_audience(config, fields)
  return audience_of_link(config, field_in(fields, 'page'), field_in(fields, 'by'))
end

-- Returns the ids in a text, separated by commas.
local function users_in(text)
  local found = {}
  for id in text:gmatch('[^,]+') do found[#found + 1] = id end
  return found
end

-- Returns whom an event of a booking concerns: its hosts, the owner of its page, and who made the link that it came
-- by; `link` is nil for a general link.
local function booking_audience(config, page, hosts, link)
  local by = link and redis.call('HGET', link, 'by') or false
  return audience({by, owner_of(config, page) or false, unpack(hosts)})
end
