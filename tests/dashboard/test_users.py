"""Users and invitations in the dashboard: by hand, on a phone, without scripts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.dashboard.accessibility import violations
from tests.dashboard.house import DESK, PHONE

if TYPE_CHECKING:
    from playwright.async_api import Page

    from tests.api.calling import Api
    from tests.dashboard.house import House


@pytest.mark.parametrize(
    ("viewport", "scripts", "scheme"), [(DESK, True, "light"), (PHONE, False, "dark")], ids=["desk", "phone"]
)
async def test_somebody_is_invited_and_a_user_is_changed(
    house: House, admin: Api, member: Api, viewport: Any, scripts: bool, scheme: Any
) -> None:
    page = await house.page(admin, viewport=viewport, java_script_enabled=scripts, color_scheme=scheme)
    await page.goto("/dashboard/settings")
    await page.get_by_role("link", name="Users", exact=True).click()

    await page.get_by_label("Email").fill("nobody")
    await page.get_by_role("button", name="Invite", exact=True).click()
    assert await page.get_by_label("Email").get_attribute("aria-invalid") == "true"
    await page.get_by_label("Email").fill("ida@guest.test")
    await page.get_by_label("As", exact=True).select_option("administrator")
    await page.get_by_role("button", name="Invite", exact=True).click()
    [invited] = (await admin.get("/invitations")).items
    assert invited["role"] == "administrator"
    link = page.get_by_label("The invitation for ida@guest.test", exact=True)
    assert await link.input_value() == invited["accept_url"]
    if scripts:
        assert await violations(page) == []
    else:
        assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    await page.get_by_role("button", name="Withdraw the invitation for ida@guest.test").click()
    assert (await admin.get("/invitations")).items == []

    await _choose(page, "Ada Admin", "Make a member")
    assert "A workspace needs an administrator." in await page.get_by_role("alert").inner_text()
    await _choose(page, "Max Member", "Make an administrator")
    assert (await admin.get(f"/users/{member.user}")).body["role"] == "administrator"
    await _choose(page, "Max Member", "Deactivate")
    assert (await member.get("/me")).status == 401
    await _choose(page, "Max Member", "Activate again")
    assert (await member.get("/me")).status == 200


async def test_an_invitation_is_a_page_that_says_who_invites_whom(house: House, admin: Api) -> None:
    invited = (await admin.post("/invitations", {"email": "ida@guest.test"})).body
    for viewport, scheme in (DESK, "light"), (PHONE, "dark"):
        page = await house.page(viewport=viewport, color_scheme=scheme)
        await page.goto(invited["accept_url"])
        assert await page.get_by_text("ida@guest.test").is_visible()
        assert await violations(page) == []
        start = await page.get_by_role("link", name="Accept and sign in with Google").get_attribute("href")
        assert start == f"/auth/google/start?invitation={invited['accept_url'].rpartition('/')[2]}"


async def _choose(page: Page, name: str, action: str) -> None:
    await page.get_by_label(f"Actions for {name}").click()
    await page.get_by_role("button", name=action, exact=True).click()
