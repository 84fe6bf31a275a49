"""Every call keeps to its description whatever it is sent: no 5xx, and no answer but those described."""

from __future__ import annotations

import asyncio
import threading
from typing import TYPE_CHECKING, Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from admitone.web.openapi.document import describe
from admitone.web.openapi.operation import api_call
from admitone.web.routes import ROUTES
from tests.support.api.calling import created, token_of
from tests.support.api.deployment import PUBLIC_URL, Clock, deployed
from tests.support.redis_server import running_redis
from tests.support.sizes import size

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from schemathesis.schemas import APIOperation

    from tests.support.api.calling import Api

    AnyOperation = APIOperation[Any, Any, Any, Any]

EXAMPLES = size(60, 6)
"""Of each call in each of the ways below."""
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
DESCRIBED = schemathesis.openapi.from_dict(describe(ROUTES, PUBLIC_URL))
OPERATIONS = [DESCRIBED[route.path][route.method] for route in ROUTES if api_call(route.handler)]
WAYS = [
    (operation, mode)
    for operation in OPERATIONS
    for mode in GenerationMode
    if mode is GenerationMode.POSITIVE or operation.query or operation.body  # else nothing can be wrong
]


class Running:
    """A server in a thread of its own, since schemathesis calls and waits."""

    def __init__(self) -> None:
        self.url = ""
        self.admin: Api | None = None
        self._loop = asyncio.new_event_loop()
        self._ready, self._stop = threading.Event(), asyncio.Event()
        self._thread = threading.Thread(target=self._loop.run_until_complete, args=[self._serve()])

    def start(self) -> None:
        self._thread.start()
        assert self._ready.wait(30)

    def stop(self) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join()
        self._loop.close()

    @property
    def key(self) -> str:
        assert self.admin
        assert self.admin.key
        return self.admin.key

    def records(self) -> Mapping[str, str]:
        """What paths name: a fresh record of each kind, by the first part of the path and the parameter."""
        assert self.admin
        return asyncio.run_coroutine_threadsafe(_records(self.admin), self._loop).result(30)

    async def _serve(self) -> None:
        with running_redis("valkey") as redis:
            async with deployed(redis.url, Clock()) as deployment:
                self.url = deployment.url
                self.admin = await deployment.user("administrator")
                self._ready.set()
                await self._stop.wait()


async def _records(admin: Api) -> dict[str, str]:
    event_type = await admin.new_event_type()
    page = await admin.new_page(event_type)
    booked, link = await admin.new_link(page), await admin.new_link(page)
    [start, *_] = await admin.starts(booked["code"], "2026-11-23", "2027-01-15")
    booking = await admin.booked(booked["code"], start)
    key = created(await admin.new_key("spare"))
    for spare in (await admin.get("/webhooks")).ids:  # there can be only so many
        await admin.delete(f"/webhooks/{spare}")
    webhook = created(
        await admin.post("/webhooks", {"endpoint": "https://example.com", "events": ["link.created"]})
    )
    return {
        "event-types": event_type["id"],
        "booking-pages": page["id"],
        "links": link["id"],
        "bookings": booking["id"],
        "api-keys": key["id"],
        "webhooks": webhook["id"],
        "book": link["code"],
        "manage": token_of(booking),
    }


@pytest.fixture(scope="module")
def server() -> Iterator[Running]:
    running = Running()
    running.start()
    yield running
    running.stop()


@pytest.mark.soak
@pytest.mark.parametrize("with_key", [True, False], ids=["administrator", "nobody"])
@pytest.mark.parametrize(("operation", "mode"), WAYS, ids=lambda way: getattr(way, "label", way))
def test_a_call_keeps_to_its_description(
    server: Running, operation: AnyOperation, mode: GenerationMode, with_key: bool
) -> None:
    kind = operation.path.removeprefix("/api/v1/").partition("/")[0]
    known = server.records().get(kind)
    headers = {"Authorization": f"Bearer {server.key}"} if with_key else {"Authorization": "Bearer nonsense"}

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def call(case: schemathesis.Case[Any]) -> None:
        if known and mode is GenerationMode.POSITIVE:
            case.path_parameters = dict.fromkeys(case.path_parameters or {}, known)
        case.call_and_validate(base_url=server.url, headers=headers, checks=CHECKS)

    call()
