"""The history of a link or a booking keeps its newest events, whichever script appends to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from admitone.store.codes import Code
from admitone.store.redis.scripts import load_scripts
from tests.support.store.script_cases import CASES
from tests.support.store.script_cases.call import record_call
from tests.support.store.script_headers import read_script

if TYPE_CHECKING:
    from redis.asyncio import Redis

    from tests.support.redis_server import RedisServer
    from tests.support.store.script_cases.case import Case

SCRIPTS = load_scripts()
APPENDING = [
    case
    for case in CASES
    if any(key.name == "history" for key in read_script(case.script).keys)
    and "event" in read_script(case.script).arguments
]
LENGTH = 199
"""With the event that it was made, which is not in the list, 200 are shown."""


@pytest.mark.parametrize("case", APPENDING, ids=str)
async def test_a_long_history_gives_up_its_oldest_event(
    case: Case, redis: Redis, redis_server: RedisServer
) -> None:
    call = await record_call(case, redis_server)
    [history] = read_script(case.script).keys_of("history", call.keys, call.arguments)
    await redis.delete(history)
    await redis.rpush(history, *range(LENGTH))
    answer = await redis.eval(SCRIPTS[case.script].text, len(call.keys), *call.keys, call.argument)
    assert answer[0] == Code.OK
    assert await redis.lrange(history, 0, -1) == [
        *(b"%d" % number for number in range(1, LENGTH)),
        call.arguments["event"].encode(),
    ]
