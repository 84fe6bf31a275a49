"""The own list of odd requests over every row of web/routes.py: no 5xx, no hang-up without an answer."""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING

import pytest
from aiohttp.web_protocol import RequestHandler
from structlog.testing import capture_logs

from admitone.web.http import body
from admitone.web.http.connections import connection
from admitone.web.routes import ROUTES
from tests.support.dashboard.server import running_dashboard
from tests.support.hostile.requests import hostile_requests
from tests.support.hostile.targets import target_of
from tests.support.invariants import check_invariants
from tests.support.roles.workspace_with_everything import WorkspaceWithEverything
from tests.support.sizes import size
from tests.support.web.raw_line import line_to

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.support.api.deployment import Clock

EACH = size(1, 97)
"""Of how many requests one is sent; a prime number, so that over the rows all of them are."""
STATUS = re.compile(rb"^HTTP/1\.[01] (\d{3}) ", re.MULTILINE)


@pytest.fixture
async def workspace(redis_url: str, clock: Clock) -> AsyncIterator[WorkspaceWithEverything]:
    """A workspace; the invariants must hold after the test."""
    async with running_dashboard(redis_url, clock) as dashboard:
        users = [await dashboard.user(role, name=role) for role in ("administrator", "member", "member")]
        yield WorkspaceWithEverything(dashboard, *users, event_type=await users[0].new_event_type())
        assert await check_invariants(dashboard.store.client) == []


@pytest.mark.soak
async def test_no_request_breaks_the_server(
    workspace: WorkspaceWithEverything, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(body, "BODY_SECONDS", 0.1)  # for bodies that never end
    monkeypatch.setattr(connection, "HEAD_SECONDS", 0.5)
    defaults = RequestHandler.__init__.__kwdefaults__
    assert defaults
    monkeypatch.setitem(defaults, "lingering_time", 0.1)
    callers = [await workspace.dashboard.user("administrator") for _ in ROUTES]  # some will be signed out
    targets = [
        await target_of(workspace, route, caller) for route, caller in zip(ROUTES, callers, strict=True)
    ]
    count, problems = 0, []
    with capture_logs() as logs:
        for place, (route, known) in enumerate(zip(ROUTES, targets, strict=True)):
            for target in (known, known._replace(head=b"")):
                for request in [*hostile_requests(route, target)][place % EACH :: EACH]:
                    count += 1
                    answers = await exchange(workspace.dashboard.url, request)
                    statuses = [int(status) for status in STATUS.findall(answers)]
                    if not statuses or max(statuses) >= 500 or b"\r\nX-Injected" in answers:
                        problems.append(f"{route.method} {route.path}: {statuses} {request[:300]!r}")
    assert not problems, "\n".join([f"{len(problems)} of {count}", *problems[:60]])
    assert [log for log in logs if log["log_level"] in {"error", "critical"}] == []
    assert [record for record in caplog.records if record.levelno >= logging.ERROR] == []


async def exchange(url: str, request: bytes) -> bytes:
    """Everything that the server answers until it hangs up."""
    async with line_to(url) as line:
        line.writer.write(request)
        try:
            return await line.rest()
        except ConnectionError:
            return b""
