"""Who is not signed in sees what this is, and is led through Google to where they were going."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

from admitone.web.http.route import Access
from admitone.web.routes import ROUTES

if TYPE_CHECKING:
    from tests.support.api.calling import Api
    from tests.support.dashboard.server import DashboardServer

ROOMS = [route for route in ROUTES if route.path.startswith("/dashboard")]


async def test_a_visitor_is_told_what_this_is(dashboard: DashboardServer) -> None:
    answer = await dashboard.get(None, "/")
    assert answer.status == 200
    text = await answer.text()
    assert "/auth/google/start?next=/dashboard" in text


async def test_who_is_signed_in_goes_on_to_the_dashboard(dashboard: DashboardServer, admin: Api) -> None:
    answer = await dashboard.get(admin, "/")
    assert (answer.status, answer.headers["Location"]) == (303, "/dashboard")


async def test_a_session_that_is_over_is_a_visitor(dashboard: DashboardServer) -> None:
    answer = await dashboard.get(None, "/", Cookie=f"admitone={'0' * 40}")
    assert answer.status == 200


async def test_every_room_leads_a_visitor_to_sign_in_and_back(dashboard: DashboardServer) -> None:
    for room in rooms("GET"):
        path = f"{room}?q=a&b=1"
        answer = await dashboard.get(None, path)
        assert answer.status == 303, room
        to = urlsplit(answer.headers["Location"])
        assert to.path == "/auth/google/start", room
        assert parse_qs(to.query)["next"] == [path]


async def test_no_form_is_taken_from_a_visitor(dashboard: DashboardServer) -> None:
    for room in rooms("POST"):
        async with dashboard.http.post(
            f"{dashboard.url}{room}", data={"a": "b"}, allow_redirects=False
        ) as answer:
            assert answer.status == 401, room
            assert "/auth/google/start" in await answer.text(), room


async def test_no_form_is_taken_without_its_token(dashboard: DashboardServer, admin: Api) -> None:
    for room in rooms("POST"):
        answer = await dashboard.post(admin, room, csrf="forged")
        assert answer.status == 403, room
        assert "text/html" in answer.headers["Content-Type"], room


def rooms(method: str) -> list[str]:
    """The paths of the dashboard's routes, with a parameter's name in place of its value."""
    found = [route.path.replace("{", "").replace("}", "") for route in ROOMS if route.method == method]
    assert len(found) > 30
    return found


def test_every_room_says_who_may_enter() -> None:
    assert {room.access for room in ROOMS} == {Access.MEMBER, Access.ADMINISTRATOR}
