"""While Redis hangs, every address answers in time, and says what is known of the outcome."""

from __future__ import annotations

import signal
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from admitone.store import readiness
from admitone.store.redis import usage
from tests.support.api.calling import refused
from tests.support.api.deployment import Clock, deployed
from tests.support.customer.host import Host, a_host, path_of

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from tests.support.redis_server import RedisServer

TEN = "2026-11-19T09:00:00Z"


@pytest.fixture
async def host(own_redis: RedisServer, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Host]:
    """A host on a server that waits for Redis for a moment only, once everything is prepared."""
    async with deployed(own_redis.url, Clock()) as deployment:
        found = await a_host(deployment)
        monkeypatch.setattr(usage, "REQUEST_WITHIN", 0.2)
        monkeypatch.setattr(readiness, "ANSWER_WITHIN", 0.1)
        yield found


@contextmanager
def hung(redis: RedisServer) -> Iterator[None]:
    """Stop the process of Redis; its connections stay open."""
    assert redis.process
    redis.process.send_signal(signal.SIGSTOP)
    try:
        yield
    finally:
        redis.process.send_signal(signal.SIGCONT)


async def _status(host: Host, path: str) -> tuple[int, str]:
    async with host.deployment.http.get(f"{host.deployment.url}{path}") as answer:
        return answer.status, await answer.text()


async def test_pages_and_calls_are_busy_and_the_server_is_not_ready(
    host: Host, own_redis: RedisServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    customer = host.deployment.customer
    with monkeypatch.context() as patient:
        patient.setattr(usage, "REQUEST_WITHIN", 60)
        link = await host.link()
    with hung(own_redis):
        assert await _status(host, "/readyz") == (503, '{"status":"not-ready","reason":"redis-unavailable"}')
        assert (await _status(host, path_of(link)))[0] == 503
        refused(await host.api.get("/links"), 503, "busy", retry=True)
        refused(await customer.book(link["code"], TEN), 503, "busy", retry=True)
        status, metrics = await _status(host, "/metrics")
        assert (status, "admitone_jobs_waiting NaN" in metrics) == (200, True)
        assert (
            "\nadmitone_redis_up 0.0\nadmitone_redis_saves NaN\n"
            in metrics.replace("# ", "\n# ").replace("\n\n#", "\n#")
            or "admitone_redis_up 0.0" in metrics
        )
        assert (await _status(host, "/healthz"))[0] == 200
    monkeypatch.undo()
    monkeypatch.setattr(readiness, "EVERY", 0)  # the outcome of the last write counts no longer
    assert (await _status(host, "/readyz"))[0] == 200
    assert (await customer.book(link["code"], TEN)).status == 201


async def test_the_outcome_of_a_write_that_was_sent_is_unknown(
    host: Host, own_redis: RedisServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    customer = host.deployment.customer
    with monkeypatch.context() as patient:
        patient.setattr(usage, "REQUEST_WITHIN", 60)
        link = await host.link()
    with own_redis.client() as redis:
        redis.execute_command("CLIENT", "PAUSE", "600000", "WRITE")
        lost = await customer.book(link["code"], TEN, idempotency_key="once")
        redis.execute_command("CLIENT", "UNPAUSE")
    refused(lost, 503, "outcome-unknown", retry=True)
    monkeypatch.undo()
    assert (await customer.book(link["code"], TEN, idempotency_key="once")).status == 201
