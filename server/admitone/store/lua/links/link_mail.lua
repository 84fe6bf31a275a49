--[[
Records that a host mails a link to its person; the mail follows from the event.

KEYS
  link       hash read    the one-time link
  config     hash read    the workspace's configuration
  history    list         events of the link, oldest first
  jobs       stream       the partition's outbox
  activity   stream       the workspace's activity
  operation  string read  the answer kept for this operation

ARGV[1]
  now        integer   epoch seconds
  workspace  string
  event      string    JSON
  operation  string    the answer to keep for this operation
  lifetime   positive  seconds for which the answer is kept

Returns {code, answer}
  OK            recorded
  APPLIED       this operation was applied before; comes with the answer kept for it
  NOT_FOUND     there is no link with this id
  LINK_BOOKED   the link is booked
  LINK_REVOKED  the link was revoked
  LINK_EXPIRED  the link has expired
]]
-- include: operation
-- include: publish
-- include: audience
-- include: history
-- include: link

local before = applied(operation)
if before then return {APPLIED, before} end
local refusal = refusal_of(link, args.now)
if refusal then return {refusal} end
local concerned = link_audience(config, link)

-- From here on only writes.
publish(jobs, activity, args.workspace, args.event, concerned)
append_event(history, args.event)
remember(operation, args.operation, args.lifetime)
return {OK, args.operation}
