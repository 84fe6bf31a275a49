"""GET /healthz"""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.sealing import Sealer
from admitone.web.http.doctor_visit import HEADER, LIFETIME, sealed_visit
from admitone.web.routes import ROUTES
from tests.support.factories import SEALER
from tests.support.web.clients import client_of

if TYPE_CHECKING:
    from tests.support.api.deployment import Deployment


async def test_a_process_that_lives_says_so_without_redis() -> None:
    async with client_of(*ROUTES) as client, client.get("/healthz") as answer:
        assert (answer.status, await answer.json()) == (200, {"status": "ok"})


async def test_it_answers_head() -> None:
    async with client_of(*ROUTES) as client, client.head("/healthz") as answer:
        assert answer.status == 200


async def test_how_a_request_arrived_is_told_to_who_has_the_secret_key(deployment: Deployment) -> None:
    sealed = sealed_visit(SEALER, deployment.clock())
    assert await _health(deployment, sealed) == {
        "status": "ok",
        "arrival": {
            "peer": "127.0.0.1",
            "address": "127.0.0.1",
            "is_known": False,
            "is_trusted": False,
            "forwarding": ["X-Forwarded-For"],
        },
    }


async def test_others_are_told_nothing_of_proxies(deployment: Deployment) -> None:
    expired = sealed_visit(SEALER, deployment.clock() - LIFETIME)
    forged = sealed_visit(Sealer({"test": bytes(32)}), deployment.clock())
    for sealed in (expired, forged, "", "test.", "ä", "."):
        assert await _health(deployment, sealed) == {"status": "ok"}


async def _health(deployment: Deployment, sealed: str) -> object:
    headers = {HEADER: sealed, "X-Forwarded-For": "203.0.113.9"}
    async with deployment.http.get(f"{deployment.url}/healthz", headers=headers) as answer:
        assert answer.status == 200
        return await answer.json()
