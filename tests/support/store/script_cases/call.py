"""The call of a script as Redis got it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from tests.support.store.actions import a_store
from tests.support.store.dumps import dump, restore
from tests.support.store.monitor import monitor

if TYPE_CHECKING:
    from admitone.store.redis.scripts import Script
    from tests.support.redis_server import RedisServer
    from tests.support.store.monitor import Told
    from tests.support.store.script_cases.case import Case


class Call(msgspec.Struct, frozen=True):
    """A script's call as Redis got it."""

    keys: list[str]
    argument: bytes
    told: list[list[bytes]]
    """The commands that the script gave."""

    @property
    def arguments(self) -> dict[str, Any]:
        """The argument as the function passed it."""
        found: dict[str, Any] = msgspec.msgpack.decode(self.argument)
        return found


async def record_call(case: Case, server: RedisServer) -> Call:
    """Make the call on an empty Redis, and bring back the state in which it was made."""
    async with a_store(server.url) as store:
        act = await case.prepare(store)
        with server.client() as client:
            before = dump(client)
        async with monitor(server.socket) as told:
            await act()
        with server.client() as client:
            restore(client.pipeline(transaction=False), before).execute()
    return last_call(told, store.scripts[case.script])


def last_call(told: list[Told], script: Script) -> Call:
    """The last call of a script of those that Redis was told, by its digest or by its text."""
    names = {script.sha.encode(), script.text.encode()}
    calls = [one.words for one in told if not one.by_script and one.words[1:2] and one.words[1] in names]
    _, _, count, *rest = calls[-1]
    commands = [one.words for one in told if one.by_script]
    return Call([key.decode() for key in rest[: int(count)]], rest[int(count)], commands)
