"""The mail room: what goes out, in whose words, and what nothing could send."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import pytest

from admitone.domain.mail.kinds import MAIL_KINDS
from admitone.google.scopes import COMPOSE
from admitone.store.records.credentials.google_connections import Connection, write_connection
from admitone.store.records.mail.mails import TemplateFault, keep_mail, note_template_fault
from tests.support.api.calling import token_of
from tests.support.dashboard.forms import EVENT_TYPE_FIELDS
from tests.support.factories import NOW, WORKSPACE
from tests.support.mail.messages import a_message

if TYPE_CHECKING:
    from tests.support.api.calling import Api
    from tests.support.dashboard.server import DashboardServer
    from tests.web.dashboard.conftest import Workspace

ROOM = "/dashboard/settings/mail"
EDITOR = f"{ROOM}/confirmation"


async def text(dashboard: DashboardServer, user: Api, path: str) -> str:
    answer = await dashboard.get(user, path)
    assert answer.status == 200, path
    return await answer.text()


async def test_the_room_says_how_mail_goes_out_and_lists_every_mail(
    dashboard: DashboardServer, admin: Api
) -> None:
    page = await text(dashboard, admin, ROOM)
    assert "Mail is not set up" in page
    for kind in MAIL_KINDS:
        assert f'href="{ROOM}/{kind}"' in page


@pytest.mark.parametrize("path", [ROOM, EDITOR, f"{EDITOR}/preview", "/dashboard/settings/kept-mail/x"])
async def test_members_are_not_let_in(dashboard: DashboardServer, admin: Api, member: Api, path: str) -> None:
    assert (await dashboard.get(member, path)).status == 403
    assert admin.user


async def test_reminders_are_saved_and_refused_at_their_field(dashboard: DashboardServer, admin: Api) -> None:
    fields = {
        "reminders.0": "1",
        "reminders.0.unit": "days",
        "reminders.1": "30",
        "reminders.1.unit": "minutes",
    }
    answer = await dashboard.post(admin, ROOM, **fields)
    assert (answer.status, answer.headers["Location"]) == (303, f"{ROOM}?said=saved")
    assert (await admin.get("/settings")).body["reminders"] == [1440, 30]
    page = await text(dashboard, admin, ROOM)
    assert 'name="reminders.1" inputmode="numeric" autocomplete="off" value="30"' in page
    answer = await dashboard.post(admin, ROOM, **{"reminders.0": "2", "reminders.0.unit": "minutes"})
    assert answer.status == 422
    assert 'id="reminders.0-error"' in await answer.text()
    assert (await dashboard.post(admin, ROOM)).status == 303
    assert (await admin.get("/settings")).body["reminders"] == []


async def test_a_template_is_written_refused_previewed_and_taken_back(
    dashboard: DashboardServer, admin: Api
) -> None:
    page = await text(dashboard, admin, EDITOR)
    assert "This is the built-in text" in page
    assert "frame-src 'self'" in (await dashboard.get(admin, EDITOR)).headers["Content-Security-Policy"]

    answer = await dashboard.post(admin, EDITOR, subject="Hi {{ nobody }}", text="x", html="")
    page = await answer.text()
    assert answer.status == 422
    assert "There is no nobody." in page
    assert 'value="Hi {{ nobody }}"' in page

    answer = await dashboard.post(
        admin, EDITOR, subject="Hi {{ customer.name }}", text="x", html="<b>{{ date }}</b>"
    )
    assert answer.status == 303
    page = await text(dashboard, admin, EDITOR)
    assert "your workspace’s own text" in page
    assert "Your own" in await text(dashboard, admin, ROOM)

    shown = await dashboard.get(admin, f"{EDITOR}/preview")
    assert "sandbox" in shown.headers["Content-Security-Policy"]
    assert "script-src" not in shown.headers["Content-Security-Policy"]
    page = await shown.text()
    assert "Hi Carla Customer" in page
    assert "&lt;b&gt;Thursday, December 3, 2026&lt;/b&gt;" in page
    typed = await dashboard.post(admin, f"{EDITOR}/preview", subject="Now", text="y", html="")
    assert '<h1 dir="auto">Now</h1>' in await typed.text()
    typed = await dashboard.post(admin, f"{EDITOR}/preview", subject="{% if %}", text="y", html="")
    assert (typed.status, "There is nothing to show yet" in await typed.text()) == (422, True)

    answer = await dashboard.post(admin, f"{EDITOR}/reset")
    assert answer.headers["Location"] == f"{EDITOR}?said=mail-reset"
    assert "This is the built-in text" in await text(dashboard, admin, EDITOR)
    assert (await dashboard.get(admin, f"{ROOM}/nonsense")).status == 404


async def test_a_template_that_failed_is_shown_until_it_is_written_anew(
    dashboard: DashboardServer, admin: Api
) -> None:
    assert (await dashboard.post(admin, EDITOR, subject="Hi", text="x", html="")).status == 303
    fault = TemplateFault(NOW, "html", "This writes too much.")
    await note_template_fault(dashboard.store, WORKSPACE, "confirmation", fault)
    assert "Not used" in await text(dashboard, admin, ROOM)
    assert "Html: This writes too much." in await text(dashboard, admin, EDITOR)
    assert (await dashboard.post(admin, EDITOR, subject="Hi", text="y", html="")).status == 303
    assert "Not used" not in await text(dashboard, admin, ROOM)


async def test_kept_mails_are_shown_as_text_whatever_is_in_them(
    dashboard: DashboardServer, admin: Api
) -> None:
    hostile = "<script>alert(1)</script>"
    message = a_message(subject=hostile, text=hostile, html=f'{hostile}<p>" srcdoc=')
    await keep_mail(dashboard.store, WORKSPACE, "m1", NOW, msgspec.json.encode(message))
    assert "&lt;script&gt;alert(1)" in await text(dashboard, admin, ROOM)
    page = await text(dashboard, admin, "/dashboard/settings/kept-mail/m1")
    assert "<script" not in page
    assert (await dashboard.get(admin, "/dashboard/settings/kept-mail/m2")).status == 404


@pytest.mark.browser
async def test_the_editor_previews_what_was_typed_in_a_real_browser(
    dashboard: DashboardServer, admin: Api
) -> None:
    page = await dashboard.page(admin)
    await page.goto(f"{dashboard.url}{ROOM}")
    await page.get_by_role("link", name="Confirmation").click()
    frame = page.frame_locator("iframe[name=preview]")
    await frame.frame_locator("iframe").get_by_role("heading", name="Your booking is confirmed").wait_for()
    await page.get_by_label("Subject").fill("Ready, {{ customer.name }}")
    await page.get_by_label("HTML").fill(
        "<p style='color:red' onclick='x'>Hello</p><script>document.body.remove()</script>"
    )
    await page.get_by_role("button", name="Preview").click()
    await frame.get_by_role("heading", name="Ready, Carla Customer").wait_for()
    hello = frame.frame_locator("iframe").get_by_text("Hello")
    await hello.wait_for()
    assert await hello.evaluate("element => getComputedStyle(element).color") == "rgb(255, 0, 0)"
    await page.get_by_role("button", name="Save").click()
    await page.get_by_text("Saved.").wait_for()
    assert (await admin.get("/mail-templates/confirmation")).body["subject"] == "Ready, {{ customer.name }}"


async def test_administrators_are_told_at_home_of_a_template_that_failed(
    dashboard: DashboardServer, admin: Api, member: Api
) -> None:
    assert "built-in text" not in await text(dashboard, admin, "/dashboard")
    fault = TemplateFault(NOW, "html", "This writes too much.")
    await note_template_fault(dashboard.store, WORKSPACE, "confirmation", fault)
    assert "built-in text" in await text(dashboard, admin, "/dashboard")
    assert "built-in text" not in await text(dashboard, member, "/dashboard")


async def test_pages_promise_a_mail_only_where_one_is_sent(
    dashboard: DashboardServer, admin: Api, workspace: Workspace
) -> None:
    link = await admin.new_link(workspace.page)
    booking = await dashboard.customer.booked(link["code"], "2026-11-20T09:00:00Z")
    manage = f"/manage/{token_of(booking)}"
    room = f"/dashboard/bookings/{booking['id']}"
    assert "We'll email this to" not in await text(dashboard, admin, manage)
    connection = Connection(
        user=admin.user, email="ada@gmail.test", scopes=[COMPOSE], refresh_token="", connected_at=NOW
    )
    await write_connection(dashboard.store, WORKSPACE, connection)
    assert "We'll email this to <bdi>carla@customer.test</bdi>." in await text(dashboard, admin, manage)
    answer = await dashboard.post(admin, f"{room}/cancel", reason="")
    assert answer.headers["Location"].endswith("said=cancelled-mailed")
    assert "The customer is told by mail." in await text(dashboard, admin, answer.headers["Location"])
    assert "We'll email this to" in await text(dashboard, admin, manage)


async def test_an_event_type_may_have_reminders_of_its_own(
    dashboard: DashboardServer, admin: Api, workspace: Workspace
) -> None:
    room = f"/dashboard/event-types/{workspace.event_type['id']}"
    page = await text(dashboard, admin, room)
    assert "As set for the workspace" in page
    sent = EVENT_TYPE_FIELDS | {"reminders.0": "2", "reminders.0.unit": "hours", "reminders.2": ""}
    assert (await dashboard.post(admin, room, **sent)).status == 303
    path = f"/event-types/{workspace.event_type['id']}"
    assert (await admin.get(path)).body["reminders"] == [120]
    assert "2 hours before" in await text(dashboard, admin, room)
    assert (
        await dashboard.post(admin, room, **EVENT_TYPE_FIELDS | {"reminders.kind": "workspace"})
    ).status == 303
    assert (await admin.get(path)).body["reminders"] is None
