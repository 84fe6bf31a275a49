"""A run that waits takes little memory, whatever has happened to it before."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.support.factories import WORKSPACE
from tests.support.sizes import size
from tests.support.workflows.engine import LINK, MAIL

if TYPE_CHECKING:
    from tests.support.redis_server import RedisServer
    from tests.support.workflows.engine import Engine

RUNS = size(5000, 300)
BYTES = 600


@pytest.fixture
def redis_url(own_redis: RedisServer) -> str:
    """The server that Admit One starts by itself: the one that a run shares may be another."""
    return own_redis.url


@pytest.mark.soak
async def test_a_run_at_its_first_wait_takes_at_most_600_bytes(engine: Engine) -> None:
    """With its timer, its places in lists and its note on the contact; its link and its mail do not count."""
    wait: dict[str, Any] = {"id": "wait", "kind": "wait", "for": {"days": 3}}
    workflow = "w0rkfl0wabcdefgh"
    await engine.publish(LINK, MAIL | {"kind": "notify_host"}, wait, workflow=workflow)
    contacts = [await engine.contact() for _ in range(RUNS)]
    await engine.work()
    before = await _sizes(engine, workflow)
    for contact in contacts:
        await engine.enter(contact, workflow)
    await engine.work()
    assert {(await engine.run_of(contact, workflow)).status for contact in contacts[:10]} == {"waiting"}
    after = await _sizes(engine, workflow)
    each = {name: (after[name] - before[name]) / RUNS for name in after}
    assert sum(each.values()) <= BYTES, each


async def _sizes(engine: Engine, workflow: str) -> dict[str, int]:
    """The bytes of all keys that a run grows, in all."""
    client: Any = engine.store.client
    keys = engine.store.keys(WORKSPACE)
    found = {
        "timers": int(await client.memory_usage(keys.delayed, samples=0) or 0),
        "list": int(await client.memory_usage(keys.workflow_runs(workflow), samples=0) or 0),
        "contacts": 0,
        "runs": 0,
    }
    async for key in client.scan_iter(match=f"*{WORKSPACE}:run:*"):
        found["runs"] += int(await client.memory_usage(key)) + SLOT
    async for key in client.scan_iter(match=f"*{WORKSPACE}:contact:*"):
        found["contacts"] += int(await client.memory_usage(key))
    return found


SLOT = 16
"""Bytes of a key's place in the table of all keys, which MEMORY USAGE does not count."""
