"""Every call that needs sign-in, tried by everybody: who may, does it; for all others nothing changes.

What members see of each other depends on the setting `members_see`. The calls are the rows of web/routes.py,
so that none is forgotten.
"""

from __future__ import annotations

import re
from http import HTTPStatus
from typing import TYPE_CHECKING

import pytest

from admitone.domain import tokens
from admitone.store.records.credentials.sessions import Session, write_session
from admitone.usecases.shared.services import new_token
from admitone.web.http.route import Access
from admitone.web.http.scope import Special
from admitone.web.routes import ROUTES
from tests.support.api.calling import Api
from tests.support.dashboard.server import running_dashboard
from tests.support.factories import DAY
from tests.support.invariants import check_invariants
from tests.support.roles.calls import body_of, form_of
from tests.support.roles.members_see import SHOWN, Shown
from tests.support.roles.workspace_with_everything import NOTES, WorkspaceWithEverything

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from admitone.web.http.route import Route
    from tests.support.api.deployment import Clock

ELSEWHERE = "0XYZ"
"""The stranger's workspace, in another partition than the one that must not change."""
NEED_SIGN_IN = [route for route in ROUTES if route.access in {Access.MEMBER, Access.ADMINISTRATOR}]
EVERYWHERE = "/auth/sign-out-everywhere"
LEAVING = {"/api/v1/me/leave", "/dashboard/settings/leave"}
OWN = {
    "/dashboard/settings/google/disconnect",
    "/auth/sign-out",
    EVERYWHERE,
    "/auth/google/connect",
    *LEAVING,
}
"""What a caller does to themselves, whoever they are."""
SHOW_NOTHING = {
    "/dashboard/pages/{id}/edit",
    "/dashboard/bookings/{booking}/slots",
    "/dashboard/links/{link}/email",
    "/dashboard/links/{link}/email/preview",
    "/dashboard/links/{link}/nudge",
    "/dashboard/links/{link}/nudge/preview",
}
MAILS_A_LINK = re.compile(r"/links/\{link\}/(email|nudge)$")
OTHERS_ROOMS = {*SHOW_NOTHING, "/dashboard/bookings/{booking}/reschedule"}
"""Rooms in which something is changed, which only those may enter who may change it.

A refusal to reschedule is said in the booking's room, to those who see the booking.
"""
OTHERS_KEYS = {
    "/api/v1/api-keys/{id}",
    "/dashboard/settings/api-keys/{id}/delete",
    "/dashboard/settings/access/sessions/{id}/end",
    "/dashboard/settings/access/apps/{id}/end",
    *(route.path for route in ROUTES if route.path.startswith("/dashboard/links/many/{id}")),
}
"""Keys, sessions, apps and lists of people of others are not even there."""
CHANGES_NOTHING = {"/api/v1/pages/{id}/content"}
"""What a POST only shows: a page's general link, which every member may share."""
MEMBERS_ROUTES = [route for route in NEED_SIGN_IN if route.access is Access.MEMBER]
SEE = pytest.mark.parametrize("see", ["own", "all"])
ANY = 0
USERS = (
    ("Ada Admin", "administrator"),
    ("Otto Owner",),
    ("Olga Other",),
)


class Person:
    """Somebody who calls: signed in by a key at the API, and by a session in the dashboard."""

    def __init__(self, workspace: WorkspaceWithEverything, name: str, api: Api, session: str = "") -> None:
        self.workspace = workspace
        self.name = name
        self.api = api
        self.session = session

    @property
    def by_session(self) -> Api:
        """Calls of the API by the session, if there is one."""
        return Api(self.api.http, self.api.server, None, self.api.user, self.session)

    async def call(self, route: Route) -> tuple[int, str]:
        """One call: the status and the text of its answer."""
        path = await self.workspace.path(route)
        if route.path.endswith("/no-show"):
            self.workspace.dashboard.clock.forward(days=3)
        if route.path.startswith("/api/v1"):
            body = await body_of(self.workspace, route.path, route.method) if route.limit.body else None
            api = self.by_session if route.scope is Special.SESSION else self.api
            sent = {"data": body, "content_type": "image/png"} if isinstance(body, bytes) else {"body": body}
            reply = await api.call(route.method, path.removeprefix("/api/v1"), **sent)
            await self._come_back(route)
            return reply.status, reply.text
        fields = await form_of(self.workspace, route.path) if route.limit.body else None
        if fields is not None and self.session:
            fields = fields | {"csrf": tokens.address("csrf", self.session)}
        headers = {"Accept": "text/html"} | ({"Cookie": f"admitone={self.session}"} if self.session else {})
        url = f"{self.workspace.dashboard.url}{path}"
        async with self.workspace.dashboard.http.request(
            route.method, url, data=fields, headers=headers, allow_redirects=False
        ) as answer:
            await self._come_back(route)
            return answer.status, answer.headers.get("Location", "") + await answer.text()

    async def _come_back(self, route: Route) -> None:
        """Give back what the call has ended: the calls after this one need the same API key."""
        if route.path in {EVERYWHERE, *LEAVING} and self.session and self.name != "stranger":
            await self.workspace.dashboard.change_user(self.api, epoch=0, active=True, left_at=None)


@pytest.fixture
async def workspace(redis_url: str, clock: Clock) -> AsyncIterator[WorkspaceWithEverything]:
    """A workspace; the invariants must hold after the test."""
    async with running_dashboard(redis_url, clock) as dashboard:
        users = [await dashboard.user(*role, name=name) for name, *role in USERS]
        yield WorkspaceWithEverything(dashboard, *users, event_type=await users[0].new_event_type())
        assert await check_invariants(dashboard.store.client) == []


async def signed_in(workspace: WorkspaceWithEverything, name: str, api: Api) -> Person:
    """Somebody with a fresh session."""
    assert api.key
    workspace_id = api.key[: tokens.WORKSPACE_LENGTH]
    token = new_token(workspace_id, tokens.SESSION_LENGTH)
    now = workspace.dashboard.clock.now
    session = Session(user=api.user, at=now, used_at=now + 30 * DAY)  # so that no call notes when it is used
    await write_session(workspace.dashboard.store, workspace_id, token, session)
    return Person(workspace, name, api, token)


async def test_who_may_does_it(workspace: WorkspaceWithEverything) -> None:
    workspace.is_fresh = True
    problems = []
    for name, api in (("administrator", workspace.admin), ("owner", workspace.owner)):
        for route in NEED_SIGN_IN:
            if name == "administrator" or route.access is Access.MEMBER:
                status, text = await (await signed_in(workspace, name, api)).call(route)
                if not is_done(route, status, text):
                    problems.append((name, route.method, route.path, status, text[:500]))
    assert not problems, "\n".join(map(str, problems))


def test_every_route_for_members_says_what_it_shows_of_colleagues() -> None:
    assert sorted(SHOWN) == sorted(row_of(route) for route in MEMBERS_ROUTES)


@SEE
async def test_members_are_shown_of_colleagues_what_the_setting_says(
    workspace: WorkspaceWithEverything, see: str
) -> None:
    await workspace.dashboard.change_settings(members_see=see)
    for route in MEMBERS_ROUTES:
        await workspace.path(route)
    secrets = {link["code"] for link in (await workspace.admin.get("/links")).items}
    secrets |= {(await workspace.one("bookings"))["id"], NOTES}
    problems = []
    for route in MEMBERS_ROUTES:
        if route.method == "GET":
            status, text = await (await signed_in(workspace, "other", workspace.other)).call(route)
            is_told = any(secret in text for secret in secrets)
            shows = SHOWN[row_of(route)] is not Shown.NOTHING and route.path not in SHOW_NOTHING
            if is_told is not (see == "all" and shows):
                problems.append((route.path, status, text[:500]))
    assert not problems, "\n".join(map(str, problems))


@SEE
async def test_for_all_others_nothing_changes(workspace: WorkspaceWithEverything, see: str) -> None:
    await workspace.dashboard.change_settings(members_see=see)
    for route in NEED_SIGN_IN:
        await workspace.path(route)
        await form_of(workspace, route.path)
    stranger = await workspace.dashboard.user("administrator", workspace=ELSEWHERE, name="Sue Stranger")
    people = [
        Person(workspace, "signed out", workspace.dashboard.customer),
        await signed_in(workspace, "owner", workspace.owner),
        await signed_in(workspace, "other", workspace.other),
        await signed_in(workspace, "stranger", stranger),
    ]
    if see == "all":
        people = [person for person in people if person.name == "other"]  # nobody else depends on it
    before = await workspace.content()
    assert before
    problems = []
    for route in NEED_SIGN_IN:
        for person in people:
            if (expected := refusal(person.name, route, see)) is None:
                continue
            status, text = await person.call(route)
            is_told = route.method == "GET" and any(one in text for one in workspace.ids)
            if expected not in {status, ANY} or (is_told and person.name == "stranger"):
                problems.append((person.name, route.method, route.path, status, text[:200]))
            assert await workspace.content() == before, (person.name, route.method, route.path)
    assert not problems, "\n".join(map(str, problems))


def is_done(route: Route, status: int, text: str) -> bool:
    """Whether a call was done; a form may have been shown again with what is missing in it."""
    if route.path == "/dashboard/settings/google" and route.method == "POST":
        return "There is nothing at this address." in text  # nobody here has connected Google
    if "/access/" in route.path:  # those that the workspace has are the owner's, and nobody else ends them
        return status in {303, 404}
    if status == HTTPStatus.CONFLICT and (route.path in LEAVING or MAILS_A_LINK.search(route.path)):
        # nobody here has connected Gmail
        return any(
            why in text for why in ("administrator", "would-break-links", "Nothing sends your mail yet.")
        )
    if route.path == "/oauth/authorize":
        return "This server does not know the app that sent you here." in text  # no app has
    if status == HTTPStatus.UNPROCESSABLE_ENTITY:
        return not route.path.startswith("/api/v1")
    return status < HTTPStatus.BAD_REQUEST and "/auth/google/start" not in text


def row_of(route: Route) -> str:
    """A route as the table of what it shows names it."""
    return f"{route.method} {route.path}"


def refusal(who: str, route: Route, see: str) -> int | None:
    """How a caller is refused; ANY where they are not, and do not come near the workspace; None: they may."""
    names_record = re.search(r"\{(id|link|booking)\}|kept-mail", route.path) is not None
    if who == "signed out":
        sends_to_sign_in = route.method == "GET" and route.path.startswith("/dashboard")
        return 303 if sends_to_sign_in else 401
    if who == "stranger":
        return 404 if names_record else None if route.path in OWN else ANY
    if route.access is Access.ADMINISTRATOR:
        return 403
    if who == "owner" or not names_record or route.path in CHANGES_NOTHING:
        return None
    if route.path in OTHERS_KEYS or (see == "own" and SHOWN[row_of(route)] is Shown.BOOKINGS):
        return 404
    return 403 if route.method != "GET" or route.path in OTHERS_ROOMS else None
