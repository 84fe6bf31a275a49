"""What would make links unavailable that were sent is asked first, with their number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.async_api import expect

from admitone.store.records.credentials.google_connections import write_connection
from tests.support.api.calling import answered, created, refused
from tests.support.dashboard.accessibility import violations
from tests.support.dashboard.forms import BOOKING_PAGE_FIELDS, EVENT_TYPE_FIELDS
from tests.support.factories import WORKSPACE, a_connection

if TYPE_CHECKING:
    from tests.support.api.calling import Api
    from tests.support.dashboard.server import DashboardServer
    from tests.web.dashboard.conftest import Workspace

ASKED = "2 links not used yet would stop working. Confirm that this is what you want."


async def test_each_change_that_breaks_links_is_asked_first(
    dashboard: DashboardServer, admin: Api, member: Api, workspace: Workspace
) -> None:
    page, event_type = workspace.page["id"], workspace.event_type["id"]
    own = await member.new_page(workspace.event_type)
    for shared in (workspace.page, workspace.page, own, own):
        await admin.new_link(shared, event_type=event_type)
    before = await _everything(admin)
    off = {name: value for name, value in BOOKING_PAGE_FIELDS.items() if name != "enabled"}
    for path, fields in (
        (f"/dashboard/pages/{page}", off | {"event_types": event_type}),
        (f"/dashboard/pages/{page}", BOOKING_PAGE_FIELDS),
        (f"/dashboard/pages/{page}/delete", {}),
        (f"/dashboard/settings/users/{member.user}", {"active": "no"}),
    ):
        answer = await dashboard.post(admin, path, **fields)
        assert answer.status == 409, path
        assert ASKED in await answer.text(), path
    asked = await dashboard.post(admin, f"/dashboard/event-types/{event_type}/delete", **EVENT_TYPE_FIELDS)
    assert "4 links not used yet would stop working." in await asked.text()
    assert await _everything(admin) == before


async def test_the_answer_is_carried_out_with_all_that_was_sent(
    dashboard: DashboardServer, admin: Api, workspace: Workspace
) -> None:
    await admin.new_link(workspace.page)
    second = await admin.new_event_type(name="One hour")
    page = await dashboard.page(admin, java_script_enabled=False, viewport={"width": 320, "height": 640})
    await page.goto(f"/dashboard/pages/{workspace.page['id']}/edit")
    await page.get_by_label("Title").fill("Another title")
    await page.get_by_label("One hour").check()
    await page.get_by_label("The page is on").uncheck()
    await page.get_by_role("button", name="Save").click()
    await expect(page.get_by_role("alert")).to_contain_text("1 link not used yet")
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    await page.get_by_role("button", name="Save anyway").click()
    await expect(page.get_by_role("status").first).to_have_text("Saved.")
    saved = (await admin.get(f"/booking-pages/{workspace.page['id']}")).body
    changed = {"title": "Another title", "enabled": False}
    assert saved == workspace.page | changed | {"event_types": [workspace.event_type["id"], second["id"]]}


async def test_a_user_is_deactivated_once_it_was_confirmed(
    dashboard: DashboardServer, admin: Api, member: Api, workspace: Workspace
) -> None:
    await member.new_link(await member.new_page(workspace.event_type))
    page = await dashboard.page(admin, color_scheme="dark")
    await page.goto("/dashboard/settings/users")
    await page.get_by_label("Actions for Max Member").click()
    await page.get_by_role("button", name="Deactivate").click()
    assert await violations(page) == []
    await page.get_by_role("button", name="Deactivate anyway").click()
    await page.get_by_text("Saved.").wait_for()
    assert (await member.get("/me")).status == 401
    await admin.new_link(workspace.page)
    last = await dashboard.post(admin, f"/dashboard/settings/users/{admin.user}", active="no")
    assert "A workspace needs an administrator." in await last.text()


async def _everything(admin: Api) -> list[object]:
    return [
        (await admin.get(f"/{kind}")).items for kind in ("booking-pages", "event-types", "users", "links")
    ]


async def test_what_a_published_workflow_needs_is_asked_first(
    dashboard: DashboardServer, admin: Api, member: Api, workspace: Workspace
) -> None:
    hook = created(
        await admin.post("/webhooks", {"endpoint": "https://crm.example.com", "events": ["link.created"]})
    )
    steps = [
        {"id": "link", "kind": "generate_one_time_booking_link", "page": workspace.page["id"]},
        {"id": "call", "kind": "call_webhook", "webhook": hook["id"]},
    ]
    draft = {"name": "New lead", "steps": steps, "sender": member.user}
    path = f"/workflows/{created(await admin.post('/workflows', draft))['id']}"
    refused(await admin.post(f"{path}/publish"), 422, "invalid", "sender")  # they have not connected Gmail
    connection = a_connection(user=member.user, scopes=["https://www.googleapis.com/auth/gmail.send"])
    await write_connection(dashboard.store, WORKSPACE, connection)
    answered(await admin.post(f"{path}/publish"))
    for room, fields in (
        (f"/dashboard/pages/{workspace.page['id']}/delete", {}),
        (f"/dashboard/settings/users/{member.user}", {"active": "no"}),
        (f"/dashboard/settings/webhooks/{hook['id']}/delete", {}),
    ):
        answer = await dashboard.post(admin, room, **fields)
        assert answer.status == 409, room
        text = await answer.text()
        assert "The workflow “New lead” needs this and would not work as it does now." in text
        assert "Workflows would stop working" in text
    answer = await dashboard.post(admin, f"/dashboard/settings/webhooks/{hook['id']}/delete", confirm="1")
    assert answer.status == 303
    assert (await admin.get("/webhooks")).items == []
    leaving = await dashboard.get(member, "/dashboard/settings/leave")
    assert "needs this and would not work" in await leaving.text()
