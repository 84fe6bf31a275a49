"""A connection that is lost, before Redis got a command or after it carried it out, changes no outcome."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from admitone.store.codes import Code
from admitone.store.store import ScriptAnswer
from tests.support.flaky_link import Cut, flaky_link
from tests.support.sizes import size
from tests.support.store.actions import a_store
from tests.support.store.dumps import changed_keys, dump, restore
from tests.support.store.monitor import monitor
from tests.support.store.script_cases import CASES
from tests.support.store.script_cases.call import last_call
from tests.support.store.script_headers import read_script

if TYPE_CHECKING:
    from redis.asyncio import Redis

    from tests.support.redis_server import RedisServer
    from tests.support.store.script_cases.case import Case

LOSSES = [Cut.AFTER, Cut.BEFORE, Cut.MIDWAY][: size(3, 1)]
COUNTS_TWICE = {
    "delivery_note": "deliveries",
    "hook_receive": "counters",
    "link_fetched": "link",
    "manage_link_request": "counts",
    "outbox_finish": "jobs",
}
"""Telemetry, which may count twice what was lost after Redis carried it out: script, and KEYS that count.

And jobs that follow from no entry of the outbox, all of which may run twice.
"""

BESIDE = {"grant_swap": (b":access:", b":users:extension"), "import_create": (b":file",)}
"""What other commands of the same action write: parts of their keys. They may be carried out again."""

AGAIN = {
    "activity_seen": Code.UNCHANGED,
    "booking_complete": Code.UNCHANGED,
    "link_expire": Code.UNCHANGED,
    "link_opened": Code.UNCHANGED,
}
"""What a script answers that was carried out before, where it is not APPLIED."""


@pytest.mark.soak
@pytest.mark.parametrize("loss", LOSSES, ids=lambda loss: loss.value)
@pytest.mark.parametrize("case", CASES, ids=str)
async def test_a_script_is_carried_out_once(
    case: Case, loss: Cut, redis: Redis, redis_server: RedisServer
) -> None:
    async with flaky_link(redis_server.url) as link, a_store(link.url) as store:
        act = await case.prepare(store)
        with redis_server.client() as client:
            client.script_load(store.scripts[case.script].text)
            before = dump(client)
            link.cut(loss, matching=b"EVAL")
            async with monitor(redis_server.socket) as told:
                answer = await act()
            assert link.cuts == 1
            after = dump(client)
            call = last_call(told, store.scripts[case.script])
            restore(client.pipeline(transaction=False), before).execute()
            client.eval(store.scripts[case.script].text, len(call.keys), *call.keys, call.argument)
            once = dump(client)
    counted = COUNTS_TWICE.get(case.script)
    script = read_script(case.script)
    keys = script.keys_of(counted, call.keys, call.arguments) if counted else []
    telemetry = {key.encode() for key in keys}
    parts = BESIDE.get(case.script, ())
    beside = {key for key in changed_keys(once, after) if any(part in key for part in parts)}
    assert changed_keys(once, after) - beside <= (telemetry if loss is Cut.AFTER else set())
    assert changed_keys(before, after) or not case.changes
    if isinstance(answer, ScriptAnswer):
        assert answer.code in {Code.OK, AGAIN.get(case.script, Code.APPLIED)}
