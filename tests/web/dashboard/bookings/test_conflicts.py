"""A booking that could not follow its event in Google Calendar: its host is shown that, and the Meet link."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from admitone.domain.instant import Instant
from admitone.store.records.bookings import note_event
from tests.support.factories import WORKSPACE, an_event_place
from tests.support.store.actions import the_booking

if TYPE_CHECKING:
    from tests.support.api.calling import Api
    from tests.support.dashboard.server import DashboardServer
    from tests.web.dashboard.conftest import Workspace

MEET = "https://meet.google.com/abc-mnop-xyz"


@pytest.fixture
async def booking(dashboard: DashboardServer, admin: Api) -> Any:
    event_type = await admin.new_event_type(location={"kind": "google_meet"})
    page = await admin.new_page(event_type, title="Meet Ada", slug="meet-ada")
    link = await admin.new_link(page)
    return await dashboard.customer.booked(link["code"], "2026-11-20T09:00:00Z")


async def note(dashboard: DashboardServer, booking: Any, conflict: int | None) -> None:
    place = an_event_place(etag='"1"', join_url=MEET)
    await note_event(
        dashboard.store, WORKSPACE, await the_booking(dashboard.store, booking["id"]), place, conflict
    )


@pytest.mark.parametrize("start", ["2026-11-23T15:00:00Z", None])
async def test_a_conflict_is_shown_until_it_is_over(
    dashboard: DashboardServer, admin: Api, booking: Any, start: str | None
) -> None:
    await note(dashboard, booking, int(Instant.parse(start)) if start else 0)
    room = f"/dashboard/bookings/{booking['id']}"
    for path in ("/dashboard", room):
        text = await (await dashboard.get(admin, path)).text()
        assert "the booking could not follow" in text
        assert ("a whole day" in text) == (start is None)
    assert (await admin.get(f"/bookings/{booking['id']}")).body["conflict"] == {"start": start}
    await dashboard.post(admin, f"{room}/cancel", reason="")
    for path in ("/dashboard", room):
        assert "the booking could not follow" not in await (await dashboard.get(admin, path)).text()
    assert (await admin.get(f"/bookings/{booking['id']}")).body["conflict"] is None


async def test_the_meet_link_is_everywhere(dashboard: DashboardServer, admin: Api, booking: Any) -> None:
    room, manage = f"/dashboard/bookings/{booking['id']}", booking["manage_url"].removeprefix(dashboard.url)
    assert (await admin.get(f"/bookings/{booking['id']}")).body["join_url"] is None
    await note(dashboard, booking, None)
    assert (await admin.get(f"/bookings/{booking['id']}")).body["join_url"] == MEET
    for path in (room, manage, f"{manage}/invite.ics"):
        assert MEET in await (await dashboard.get(admin, path)).text(), path


async def test_whether_bookings_follow_is_set_for_the_workspace(
    dashboard: DashboardServer, admin: Api, workspace: Workspace
) -> None:
    assert workspace.page
    for on in (True, False):
        fields = {"name": "Acme", "link_expiry_days": "90", "on_cancel": "keep", "colour": "ours"}
        fields["mails_per_day"] = "2000"
        if on:
            fields["calendar_sync"] = "on"
        await dashboard.post(admin, "/dashboard/settings/workspace", **fields)
        assert (await admin.get("/settings")).body["calendar_sync"] is on
