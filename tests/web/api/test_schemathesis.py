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
from tests.support.sizes import FULL, size

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemathesis.schemas import APIOperation

    from tests.support.api.calling import Api

    AnyOperation = APIOperation[Any, Any, Any, Any]

EXAMPLES = {True: size(60, 4), False: size(60, 1)}
"""Of each call in each of the ways below, with a key and without: most calls refuse whoever has none."""
FILES = size(60, 1)
"""Of a call whose body is a file: a process is started to read each one."""
KINDS = {"event-types", "booking-pages", "links", "bookings", "api-keys", "webhooks", "book", "manage"}
"""The first parts of paths that name something, of which there is one."""
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
DESCRIBED = schemathesis.openapi.from_dict(describe(ROUTES, PUBLIC_URL))
OPERATIONS = [
    DESCRIBED[route.path][route.method]
    for route in ROUTES
    if (call := api_call(route.handler)) and call.media_type != "text/event-stream"  # which has no end
]
WAYS = [
    (operation, mode, with_key)
    for with_key in (True, False)
    for operation in OPERATIONS
    for mode in GenerationMode
    if mode is GenerationMode.POSITIVE
    or ((operation.query or operation.body) and (with_key or FULL))  # else nothing more can be wrong
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

    def record(self, kind: str) -> str:
        """What the paths of a kind name: a fresh record's id, a link's code, or a booking's token."""
        assert self.admin
        return asyncio.run_coroutine_threadsafe(_record(self.admin, kind), self._loop).result(30)

    async def _serve(self) -> None:
        with running_redis("valkey") as redis:
            async with deployed(redis.url, Clock()) as deployment:
                self.url = deployment.url
                self.admin = await deployment.user("administrator")
                self._ready.set()
                await self._stop.wait()


async def _record(admin: Api, kind: str) -> str:
    if kind == "api-keys":
        return str(created(await admin.new_key("spare"))["id"])
    if kind == "webhooks":
        for spare in (await admin.get("/webhooks")).ids:  # there can be only so many
            await admin.delete(f"/webhooks/{spare}")
        body = {"endpoint": "https://example.com", "events": ["link.created"]}
        return str(created(await admin.post("/webhooks", body))["id"])
    event_type = await admin.new_event_type()
    if kind == "event-types":
        return str(event_type["id"])
    page = await admin.new_page(event_type)
    if kind == "booking-pages":
        return str(page["id"])
    link = await admin.new_link(page)
    if kind in {"links", "book"}:
        return str(link["id"] if kind == "links" else link["code"])
    [start, *_] = await admin.starts(link["code"], "2026-11-23", "2027-01-15")
    booking = await admin.booked(link["code"], start)
    return str(booking["id"]) if kind == "bookings" else token_of(booking)


def is_file(operation: AnyOperation) -> bool:
    """Whether its body is a picture or a table."""
    return any(not body.media_type.endswith("json") for body in operation.body)


@pytest.fixture(scope="module")
def server() -> Iterator[Running]:
    running = Running()
    running.start()
    yield running
    running.stop()


@pytest.mark.soak
@pytest.mark.parametrize(("operation", "mode", "with_key"), WAYS, ids=lambda way: getattr(way, "label", way))
def test_a_call_keeps_to_its_description(
    server: Running, operation: AnyOperation, mode: GenerationMode, with_key: bool
) -> None:
    kind = operation.path.removeprefix("/api/v1/").partition("/")[0]
    known = server.record(kind) if kind in KINDS and mode is GenerationMode.POSITIVE else None
    headers = {"Authorization": f"Bearer {server.key}"} if with_key else {"Authorization": "Bearer nonsense"}

    @settings(
        max_examples=FILES if is_file(operation) else EXAMPLES[with_key],
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def call(case: schemathesis.Case[Any]) -> None:
        if known:
            case.path_parameters = dict.fromkeys(case.path_parameters or {}, known)
        case.call_and_validate(base_url=server.url, headers=headers, checks=CHECKS)

    call()
