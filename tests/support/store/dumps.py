"""The whole database as bytes: to see whether anything changed, and to bring it back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import redis
    from redis.client import Pipeline

Dump = list[tuple[bytes, bytes, bool, bytes]]
"""Key, DUMP's payload, whether it expires, and what is in it; in the order of the keys."""

CONTENT_OF = r"""
local function content_of(key) -- what is in it, in an order that does not depend on how it came there
  local kind = redis.call('TYPE', key).ok
  if kind == 'hash' then -- reading a large one may reorder its fields
    local fields = redis.call('HGETALL', key)
    local pairs_of = {}
    for i = 1, #fields, 2 do table.insert(pairs_of, fields[i] .. '\0' .. fields[i + 1]) end
    table.sort(pairs_of)
    return table.concat(pairs_of, '\0')
  elseif kind == 'set' then -- so may reading this one
    local members = redis.call('SMEMBERS', key)
    table.sort(members)
    return table.concat(members, '\0')
  elseif kind == 'stream' then -- its ids are the time of day
    local entries = redis.call('XRANGE', key, '-', '+')
    for i = 1, #entries do entries[i] = table.concat(entries[i][2], '\0') end
    for _, group in ipairs(redis.call('XINFO', 'GROUPS', key)) do
      for _, consumer in ipairs(redis.call('XINFO', 'CONSUMERS', key, group[2])) do
        table.insert(entries, consumer[2])
      end
      for _, pending in ipairs(redis.call('XPENDING', key, group[2], '-', '+', 1000)) do
        table.insert(entries, pending[1] .. pending[2])
      end
    end
    return table.concat(entries, '\0\0')
  end
  return redis.call('DUMP', key)
end
"""

READ = f"""
{CONTENT_OF}
local keys, found = redis.call('KEYS', '*'), {{}}
table.sort(keys)
for place, key in ipairs(keys) do
  local expires = redis.call('PTTL', key) >= 0 and 1 or 0
  found[place] = {{key, redis.call('DUMP', key), expires, content_of(key)}}
end
return found
"""
LIFETIME = 10**6


def dump(client: redis.Redis) -> Dump:
    """Everything that is there."""
    return parse_dump(client.eval(READ, 0))


def parse_dump(answer: Any) -> Dump:
    """What the script READ answered."""
    return [(key, payload, bool(expires), content) for key, payload, expires, content in answer]


def restore(pipeline: Pipeline, before: Dump) -> Pipeline:
    """Have `pipeline` make the database what it was."""
    pipeline.flushdb()
    for key, payload, expires, _ in before:
        pipeline.restore(key, LIFETIME if expires else 0, payload)
    return pipeline


def changed_keys(before: Dump, after: Dump) -> set[bytes]:
    """The keys that were made, changed or removed."""
    contents = [{(key, expires, content) for key, _, expires, content in state} for state in (before, after)]
    return {key for key, *_ in contents[0] ^ contents[1]}


def stored_texts(client: Any) -> list[bytes]:
    """Every string, and all that is in hashes, lists, sets and streams."""
    found: list[bytes] = []
    for key in client.scan_iter():
        kind = client.type(key)
        if kind == b"hash":
            found += [part for pair in client.hgetall(key).items() for part in pair]
        elif kind == b"zset":
            found += client.zrange(key, 0, -1)
        elif kind == b"set":
            found += client.smembers(key)
        elif kind == b"list":
            found += client.lrange(key, 0, -1)
        elif kind == b"stream":
            found += [part for _, fields in client.xrange(key) for pair in fields.items() for part in pair]
        else:
            found.append(client.get(key))
    return found
