"""GET /healthz"""

from __future__ import annotations

from admitone.web.routes import ROUTES
from tests.support.web.clients import client_of


async def test_a_process_that_lives_says_so_without_redis() -> None:
    async with client_of(*ROUTES) as client, client.get("/healthz") as answer:
        assert (answer.status, await answer.json()) == (200, {"status": "ok"})


async def test_it_answers_head() -> None:
    async with client_of(*ROUTES) as client, client.head("/healthz") as answer:
        assert answer.status == 200
