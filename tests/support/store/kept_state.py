"""A state of the database that Redis itself keeps, compares and brings back, so that nothing of it is sent.

Database 0 is the one that is tried. Database 1 has the kept state, database 2 the state before the next call.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.support.store.dumps import CONTENT_OF

if TYPE_CHECKING:
    from collections.abc import Iterable

    import redis
    from redis.client import Pipeline

KEEP = """
for database = 1, 2 do
  redis.call('SELECT', database)
  redis.call('FLUSHDB')
  redis.call('SELECT', 0)
  for _, key in ipairs(redis.call('KEYS', '*')) do redis.call('COPY', key, key, 'DB', database) end
end
"""

COPY = """
local function copy(key, from, to)
  redis.call('SELECT', to)
  redis.call('DEL', key)
  redis.call('SELECT', from)
  redis.call('COPY', key, key, 'DB', to)
end
"""

SPOIL = f"""
{COPY}
redis.call(unpack(ARGV))
copy(ARGV[2], 0, 2)
return 'spoilt'
"""

SETTLE = f"""
{CONTENT_OF}
{COPY}
local function expires(key) return redis.call('PTTL', key) >= 0 and '1' or '0' end

local function read(database)
  redis.call('SELECT', database)
  local found = {{}}
  for _, key in ipairs(redis.call('KEYS', '*')) do found[key] = expires(key) .. redis.call('DUMP', key) end
  return found
end

local function content(database, key)
  redis.call('SELECT', database)
  return expires(key) .. content_of(key)
end

local before, after, differ, changed = read(2), read(0), {{}}, {{}}
for key, payload in pairs(before) do
  if after[key] ~= payload then table.insert(differ, key) end
end
for key in pairs(after) do
  if not before[key] then table.insert(differ, key) end
end
for _, key in ipairs(differ) do
  local is_there = before[key] and after[key]
  if not is_there or content(0, key) ~= content(2, key) then table.insert(changed, key) end
  copy(key, 1, 0)
end
for _, key in ipairs(ARGV) do
  copy(key, 1, 0)
  copy(key, 1, 2)
end
return changed
"""


class KeptState:
    """The state that a client's database has now, and has again after each call."""

    def __init__(self, client: redis.Redis) -> None:
        self._spoil, self._settle = client.script_load(SPOIL), client.script_load(SETTLE)
        client.eval(KEEP, 0)

    def spoil(self, pipeline: Pipeline, commands: Iterable[tuple[Any, ...]]) -> None:
        """Give commands, whose first argument is the key that they change, for the next call alone."""
        for command in commands:
            pipeline.evalsha(self._spoil, 0, *command)

    def settle(self, pipeline: Pipeline, commands: Iterable[tuple[Any, ...]] = ()) -> None:
        """Answer the keys that the call made, changed or removed, and undo it with what spoilt it."""
        pipeline.evalsha(self._settle, 0, *{command[1] for command in commands})
