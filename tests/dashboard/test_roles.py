"""Members see nothing that only administrators do, and are refused when they try."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from admitone.web.route import Access, Route
from admitone.web.routes import ROUTES
from tests.api.calling import a_rule
from tests.dashboard.test_event_types import FIELDS as EVENT_TYPE
from tests.dashboard.test_pages import FIELDS as PAGE

if TYPE_CHECKING:
    from tests.api.calling import Api
    from tests.dashboard.conftest import Workspace
    from tests.dashboard.house import House

ADMINISTRATORS = [route for route in ROUTES if route.access is Access.ADMINISTRATOR]


@pytest.mark.parametrize("route", ADMINISTRATORS, ids=lambda route: f"{route.method} {route.path}")
async def test_a_member_is_refused(house: House, member: Api, workspace: Workspace, route: Route) -> None:
    path = route.path.replace("{id}", workspace.event_type["id"])
    path = path.replace("{kind}", "confirmation").replace("{mail}", "confirmation")
    if path.startswith("/api/v1"):
        reply = await member.call(
            route.method, path.removeprefix("/api/v1"), {} if route.limit.body else None
        )
        assert reply.status == 403
    elif route.method == "POST":
        answer = await house.post(member, path, **EVENT_TYPE)
        assert answer.status == 403
    else:
        answer = await house.get(member, path)
        assert answer.status == 403
        assert "Your role does not allow this." in await answer.text()


async def test_a_member_is_not_offered_what_is_for_administrators(
    house: House, member: Api, workspace: Workspace
) -> None:
    event_types = await (await house.get(member, "/dashboard/event-types")).text()
    assert workspace.event_type["name"] in event_types
    assert "/dashboard/event-types/new" not in event_types
    one = await (await house.get(member, f"/dashboard/event-types/{workspace.event_type['id']}")).text()
    assert "Half an hour" in one
    assert 'name="duration_minutes"' not in one
    settings = await (await house.get(member, "/dashboard/settings")).text()
    assert "/dashboard/settings/workspace" not in settings
    page = await (await house.get(member, f"/dashboard/pages/{workspace.page['id']}")).text()
    assert "/edit" not in page


async def test_a_member_changes_no_page_of_others(house: House, member: Api, workspace: Workspace) -> None:
    page = f"/dashboard/pages/{workspace.page['id']}"
    assert (await house.get(member, f"{page}/edit")).status == 403
    assert (await house.post(member, page, **PAGE)).status == 403
    assert (await house.post(member, f"{page}/delete")).status == 403
    assert (await house.post(member, "/dashboard/pages", **PAGE, owner="somebody")).status == 403


async def test_a_member_changes_no_link_or_booking_of_others(
    house: House, admin: Api, member: Api, workspace: Workspace
) -> None:
    link = await admin.new_link(workspace.page)
    spare = await admin.new_link(workspace.page)
    [start, *_] = await admin.starts(link["code"], "2026-11-20", "2026-11-20")
    booking = await house.customer.booked(link["code"], start)
    for path in (f"links/{spare['id']}", f"links/{spare['id']}/revoke", f"links/{spare['id']}/reactivate"):
        answer = await house.post(member, f"/dashboard/{path}", note="", on_cancel="keep", expiry="never")
        assert answer.status == 403, path
    room = f"/dashboard/bookings/{booking['id']}"
    for action in ("cancel", "no-show", "reschedule"):
        assert (await house.post(member, f"{room}/{action}", reason="", start=start)).status == 403, action
    assert (await house.get(member, f"{room}/reschedule")).status == 403
    shown = await (await house.get(member, room)).text()
    assert f"{room}/cancel" not in shown
    text = await (await house.get(member, f"/dashboard/links/{spare['id']}")).text()
    assert "/revoke" not in text


async def test_what_is_in_another_workspace_is_not_there(
    house: House, admin: Api, workspace: Workspace
) -> None:
    stranger = await house.user("administrator", workspace="0XYZ", name="Sue Stranger")
    event_type = await stranger.new_event_type()
    page = await stranger.new_page(event_type)
    link = await stranger.new_link(page)
    [start, *_] = await stranger.starts(link["code"], "2026-11-20", "2026-11-20")
    booking = await house.customer.booked(link["code"], start)
    pool = await stranger.new_pool(page)
    master = await stranger.new_master_page(a_rule(event_type, pool))
    for path in (
        f"pools/{pool['id']}",
        f"pools/{pool['id']}/edit",
        f"master-pages/{master['id']}",
        f"master-pages/{master['id']}/edit",
        f"event-types/{event_type['id']}",
        f"pages/{page['id']}",
        f"pages/{page['id']}/edit",
        f"pages/{page['id']}/times",
        f"links/{link['id']}",
        f"bookings/{booking['id']}",
        f"bookings/{booking['id']}/reschedule",
    ):
        assert (await house.get(admin, f"/dashboard/{path}")).status == 404, path
    for path in (
        f"links/{link['id']}/revoke",
        f"bookings/{booking['id']}/cancel",
        f"bookings/{booking['id']}/reassign",
        f"bookings/{booking['id']}/request-reschedule",
        f"pages/{page['id']}/delete",
        f"pools/{pool['id']}",
        f"pools/{pool['id']}/delete",
        f"master-pages/{master['id']}",
        f"master-pages/{master['id']}/delete",
    ):
        assert (
            await house.post(admin, f"/dashboard/{path}", reason="", **{"reassign.host": "a/b"})
        ).status == 404, path
    shared = await house.post(admin, "/dashboard/share", page=page["id"], one_time="on")
    assert shared.status == 404
