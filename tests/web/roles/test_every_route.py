"""Every call that needs sign-in, tried by everybody: who may, does it; for all others nothing changes.

The calls are the rows of web/routes.py, so that none is forgotten.
"""

from __future__ import annotations

import re
from http import HTTPStatus
from typing import TYPE_CHECKING

import pytest

from admitone.domain import tokens
from admitone.store.records.sessions import Session, write_session
from admitone.usecases.shared.services import new_token
from admitone.web.http.route import Access
from admitone.web.routes import ROUTES
from tests.support.dashboard.house import open_house
from tests.support.invariants import check_invariants
from tests.support.roles.calls import body_of, form_of
from tests.support.roles.world import World

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from playwright.async_api import Browser

    from admitone.web.http.route import Route
    from tests.support.api.calling import Api
    from tests.support.api.deployment import Clock

ELSEWHERE = "0XYZ"
NEED_SIGN_IN = [route for route in ROUTES if route.access in {Access.MEMBER, Access.ADMINISTRATOR}]
OWN = {"/dashboard/settings/google/disconnect", "/auth/sign-out", "/auth/google/connect"}
"""What a caller does to themselves, whoever they are."""
OTHERS_ROOMS = {"/dashboard/pages/{id}/edit", "/dashboard/bookings/{booking}/reschedule"}
"""Rooms in which something is changed, which only those may enter who may change it."""
OTHERS_KEYS = {"/api/v1/api-keys/{id}", "/dashboard/settings/api-keys/{id}/delete"}
"""Keys of others are not even there."""
ANY = 0
USERS = (
    ("Ada Admin", "administrator"),
    ("Otto Owner",),
    ("Olga Other",),
)


class Person:
    """Somebody who calls: signed in by a key at the API, and by a session in the dashboard."""

    def __init__(self, world: World, name: str, api: Api, session: str = "") -> None:
        self.world = world
        self.name = name
        self.api = api
        self.session = session

    async def call(self, route: Route) -> tuple[int, str]:
        """One call: the status and the text of its answer."""
        path = await self.world.path(route)
        if route.path.endswith("/no-show"):
            self.world.house.clock.forward(days=3)
        if route.path.startswith("/api/v1"):
            body = await body_of(self.world, route.path, route.method) if route.limit.body else None
            reply = await self.api.call(route.method, path.removeprefix("/api/v1"), body)
            return reply.status, reply.text
        fields = await form_of(self.world, route.path) if route.limit.body else None
        if fields is not None and self.session:
            fields = fields | {"csrf": tokens.address("csrf", self.session)}
        headers = {"Accept": "text/html"} | ({"Cookie": f"admitone={self.session}"} if self.session else {})
        url = f"{self.world.house.url}{path}"
        async with self.world.house.http.request(
            route.method, url, data=fields, headers=headers, allow_redirects=False
        ) as answer:
            return answer.status, answer.headers.get("Location", "") + await answer.text()


@pytest.fixture
async def world(redis_url: str, clock: Clock, chromium: Browser) -> AsyncIterator[World]:
    """A workspace; whatever a test does, the database must add up afterwards."""
    async with open_house(redis_url, clock, chromium) as house:
        users = [await house.user(*role, name=name) for name, *role in USERS]
        yield World(house, *users, event_type=await users[0].new_event_type())
        assert await check_invariants(house.store.client) == []


async def signed_in(world: World, name: str, api: Api) -> Person:
    """Somebody with a fresh session."""
    assert api.key
    workspace = api.key[: tokens.WORKSPACE_LENGTH]
    token = new_token(workspace, tokens.SESSION_LENGTH)
    session = Session(user=api.user, at=world.house.clock.now)
    await write_session(world.house.store, workspace, token, session)
    return Person(world, name, api, token)


async def test_who_may_does_it(world: World) -> None:
    world.is_fresh = True
    problems = []
    for name, api in (("administrator", world.admin), ("owner", world.owner)):
        for route in NEED_SIGN_IN:
            if name == "administrator" or route.access is Access.MEMBER:
                status, text = await (await signed_in(world, name, api)).call(route)
                if not is_done(route, status, text):
                    problems.append((name, route.method, route.path, status, text[:500]))
    assert not problems, "\n".join(map(str, problems))


async def test_for_all_others_nothing_changes(world: World) -> None:
    for route in NEED_SIGN_IN:
        await world.path(route)
        await form_of(world, route.path)
    stranger = await world.house.user("administrator", workspace=ELSEWHERE, name="Sue Stranger")
    people = [
        Person(world, "signed out", world.house.customer),
        await signed_in(world, "owner", world.owner),
        await signed_in(world, "other", world.other),
        await signed_in(world, "stranger", stranger),
    ]
    before = await world.content()
    problems = []
    for route in NEED_SIGN_IN:
        for person in people:
            if (expected := refusal(person.name, route)) is None:
                continue
            status, text = await person.call(route)
            is_told = route.method == "GET" and any(one in text for one in world.ids)
            if expected not in {status, ANY} or (is_told and person.name == "stranger"):
                problems.append((person.name, route.method, route.path, status, text[:200]))
            assert await world.content() == before, (person.name, route.method, route.path)
    assert not problems, "\n".join(map(str, problems))


def is_done(route: Route, status: int, text: str) -> bool:
    """Whether a call was done; a form may have been shown again with what is missing in it."""
    if route.path == "/dashboard/settings/google" and route.method == "POST":
        return "There is nothing at this address." in text  # nobody here has connected Google
    if status == HTTPStatus.UNPROCESSABLE_ENTITY:
        return not route.path.startswith("/api/v1")
    return status < HTTPStatus.BAD_REQUEST and "/auth/google/start" not in text


def refusal(who: str, route: Route) -> int | None:
    """How a caller is refused; ANY where they are not, and do not come near the workspace; None: they may."""
    names_record = re.search(r"\{(id|link|booking)\}|kept-mail", route.path) is not None
    if who == "signed out":
        sends_to_sign_in = route.method == "GET" and route.path.startswith("/dashboard")
        return 303 if sends_to_sign_in else 401
    if who == "stranger":
        return 404 if names_record else None if route.path in OWN else ANY
    if route.access is Access.ADMINISTRATOR:
        return 403
    if who == "owner" or not names_record:
        return None
    if route.path in OTHERS_KEYS:
        return 404
    return 403 if route.method != "GET" or route.path in OTHERS_ROOMS else None
