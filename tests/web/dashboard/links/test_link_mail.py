"""*Email it* and *Nudge*: the host reads the mail, and then sends it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from playwright.async_api import expect

from admitone.google.scopes import COMPOSE
from admitone.store.records.credentials.google_connections import Connection, write_connection
from tests.support.api.calling import CARLA, answered
from tests.support.dashboard.accessibility import violations
from tests.support.factories import NOW, WORKSPACE

if TYPE_CHECKING:
    from tests.support.api.calling import Api
    from tests.support.dashboard.server import DashboardServer
    from tests.web.dashboard.conftest import Workspace

ON_ITS_WAY = "The mail with the link is on its way."


@pytest.fixture
async def gmail(dashboard: DashboardServer, admin: Api) -> None:
    """The administrator has connected Gmail."""
    connection = Connection(
        user=admin.user, email="ada@gmail.test", scopes=[COMPOSE], refresh_token="", connected_at=NOW
    )
    await write_connection(dashboard.store, WORKSPACE, connection)


async def sent(admin: Api, link: Any) -> list[str]:
    """What the link's timeline tells of mails."""
    told = answered(await admin.get(f"/links/{link['id']}"))["timeline"]
    return [entry["type"] for entry in told if entry["type"] in {"link.emailed", "link.reminded"}]


@pytest.mark.usefixtures("gmail")
async def test_the_dialog_makes_a_link_previews_its_mail_and_sends_it(
    dashboard: DashboardServer, admin: Api, workspace: Workspace
) -> None:
    page = await dashboard.page(admin)
    await page.goto("/dashboard")
    await page.get_by_role("link", name="Share", exact=True).first.click()
    dialog = page.get_by_role("dialog", name="Share")
    await expect(dialog.get_by_role("button", name="Email it")).to_be_hidden()
    await dialog.get_by_label("Personalise link").check()
    await dialog.get_by_label("Name", exact=True).fill("Carla Cole")
    await dialog.get_by_label("Email", exact=True).fill("carla@x.test")
    await dialog.get_by_role("button", name="Email it").click()
    dialog = page.get_by_role("dialog", name="Email it")
    letter = dialog.get_by_role("region", name="The mail")
    await expect(letter).to_contain_text("carla@x.test")
    [link] = (await admin.get("/links")).items
    await expect(letter).to_contain_text(link["url"])
    await expect(dialog.get_by_text("It is sent from your Gmail.")).to_be_visible()
    assert await violations(page, "dialog") == []
    assert await sent(admin, link) == []
    await dialog.get_by_role("button", name="Send").click()
    await dialog.wait_for(state="detached")
    await expect(page.locator("#toast")).to_contain_text(ON_ITS_WAY)
    assert await sent(admin, link) == ["link.emailed"]


@pytest.mark.usefixtures("gmail")
async def test_a_person_is_nudged_without_scripts_once_for_each_page_that_was_shown(
    dashboard: DashboardServer, admin: Api, workspace: Workspace
) -> None:
    link = await admin.new_link(workspace.page, person=CARLA)
    room = f"/dashboard/links/{link['id']}"
    page = await dashboard.page(admin, java_script_enabled=False)
    await page.goto(room)
    await expect(page.get_by_role("link", name="Email it")).to_be_visible()
    await expect(page.get_by_role("link", name="Nudge")).to_have_count(0)
    dashboard.clock.forward(days=2)
    await page.goto(room)
    await page.get_by_role("link", name="Nudge").click()
    await expect(page.get_by_text("You have not chosen a time for")).to_be_visible()
    form: dict[str, str | float | bool] = {}
    for name in ("csrf", "once"):
        form[name] = await page.locator(f"main input[name={name}]").input_value()
    await page.get_by_role("button", name="Send").click()
    await expect(page.get_by_text("The reminder is on its way.")).to_be_visible()
    await expect(page.get_by_text("carla@customer.test was reminded by mail, by Ada Admin")).to_be_visible()
    preview = await (await dashboard.get(admin, f"{room}/nudge/preview")).text()
    assert "As most programs show it" in preview
    await page.context.request.post(f"{room}/nudge", form=form)  # the same page, sent once more
    assert await sent(admin, link) == ["link.reminded"]


async def test_where_nothing_sends_mail_the_room_says_so_and_offers_to_connect(
    dashboard: DashboardServer, admin: Api, workspace: Workspace
) -> None:
    link = await admin.new_link(workspace.page, person=CARLA)
    room = f"/dashboard/links/{link['id']}/email"
    page = await (await dashboard.get(admin, room)).text()
    assert "Nothing sends your mail yet." in page
    assert f'href="/auth/google/connect?service=drafts&amp;next={room}"' in page
    assert "data-share-send" not in page
    assert (await dashboard.post(admin, room)).status == 409
    assert await sent(admin, link) == []


@pytest.mark.usefixtures("gmail")
async def test_a_link_that_cannot_be_mailed_says_why(
    dashboard: DashboardServer, admin: Api, member: Api, workspace: Workspace
) -> None:
    plain = await admin.new_link(workspace.page)
    room = f"/dashboard/links/{plain['id']}/email"
    answer = await dashboard.get(admin, room)
    assert "This link has no person to send it to." in await answer.text()
    assert (await dashboard.get(admin, f"{room}/preview")).status == 409
    link = await admin.new_link(workspace.page, person=CARLA)
    answered(await admin.post(f"/links/{link['id']}/revoke"))
    answer = await dashboard.post(admin, f"/dashboard/links/{link['id']}/nudge")
    assert answer.status == 409
    assert "Nobody can book by this link at present" in await answer.text()
    assert (await dashboard.get(member, f"/dashboard/links/{link['id']}/email")).status == 403
