"""Members are offered nothing that they may not do; tests/roles tries every route."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.support.dashboard.forms import BOOKING_PAGE_FIELDS

if TYPE_CHECKING:
    from tests.support.api.calling import Api
    from tests.support.dashboard.server import DashboardServer
    from tests.web.dashboard.conftest import Workspace


async def test_a_member_is_not_offered_what_is_for_administrators(
    dashboard: DashboardServer, member: Api, workspace: Workspace
) -> None:
    event_types = await (await dashboard.get(member, "/dashboard/event-types")).text()
    assert workspace.event_type["name"] in event_types
    assert "/dashboard/event-types/new" not in event_types
    one = await (await dashboard.get(member, f"/dashboard/event-types/{workspace.event_type['id']}")).text()
    assert "Half an hour" in one
    assert 'name="duration_minutes"' not in one
    settings = await (await dashboard.get(member, "/dashboard/settings")).text()
    assert "/dashboard/settings/workspace" not in settings
    page = await (await dashboard.get(member, f"/dashboard/pages/{workspace.page['id']}")).text()
    assert "/edit" not in page


async def test_a_member_is_not_offered_to_change_what_is_another_s(
    dashboard: DashboardServer, admin: Api, member: Api, workspace: Workspace
) -> None:
    link, spare = await admin.new_link(workspace.page), await admin.new_link(workspace.page)
    [start, *_] = await admin.starts(link["code"], "2026-11-20", "2026-11-20")
    booking = await dashboard.customer.booked(link["code"], start)
    room = f"/dashboard/bookings/{booking['id']}"
    assert f"{room}/cancel" not in await (await dashboard.get(member, room)).text()
    assert "/revoke" not in await (await dashboard.get(member, f"/dashboard/links/{spare['id']}")).text()
    assert (
        await dashboard.post(member, "/dashboard/pages", **BOOKING_PAGE_FIELDS, owner="somebody")
    ).status == 403
