-- Returns whether `day` is later than the first day of which all links and bookings are still there (`reports_from`).
-- Days of before that cannot be recounted.
local function is_past_reports(counts, day)
  return day ~= nil and day > (redis.call('HGET', counts, 'reports_from') or '')
end
