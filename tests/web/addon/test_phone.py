"""The stand-in's page *Gmail on a phone*: the add-on as people see it, without scripts; and its pictures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import pytest

from tests.support.api.calling import answered
from tests.support.dashboard.pictures import IS_TAKING, MOST_BYTES, PICTURES
from tests.support.dashboard.server import PHONE
from tests.support.fakegoogle.running import running

if TYPE_CHECKING:
    from playwright.async_api import Browser

    from admitone.fakegoogle.addon.host import Host
    from tests.support.api.calling import Api


@pytest.mark.browser
@pytest.mark.parametrize("look", ["light", "dark"])
async def test_a_link_is_inserted_on_a_phone(
    ada: Api, host: Host, chromium: Browser, look: Literal["light", "dark"]
) -> None:
    async with running(host.state, addon=host.deployment) as google:
        context = await chromium.new_context(
            java_script_enabled=False, color_scheme=look, viewport=PHONE, device_scale_factor=1.5
        )
        page = await context.new_page()
        await page.goto(f"{google.url}/gmail")
        await page.get_by_role("button", name="Write a mail").click()
        assert await page.locator("select[name='f:page'] option").all_text_contents() == ["Meet Ada"]
        await page.get_by_label("Personalise link").check()
        await page.locator("input[name='f:name']").fill("Carla Customer")
        card = await page.locator("section[aria-labelledby=addon]").screenshot(caret="hide")
        assert len(card) < MOST_BYTES
        if IS_TAKING:
            (PICTURES / f"addon-{look}.png").write_bytes(card)
        await page.get_by_role("button", name="Insert", exact=True).click()
        await page.get_by_text("The link is in the draft. It is good for one booking.").first.wait_for()
        draft = page.frame_locator("iframe[title='The draft']")
        [link] = answered(await ada.get("/links"))["items"]
        assert await draft.get_by_role("link").get_attribute("href") == link["url"]
        assert link["person"] == {"name": "Carla Customer", "email": "carla@customer.test"}
        await context.close()


async def test_a_form_of_another_site_opens_nothing(host: Host) -> None:
    async with running(host.state, addon=host.deployment) as google:
        form = {"account": "admin@acme.test", "platform": "IOS", "to": "carla@customer.test"}
        headers = {"Origin": "https://evil.test"}
        async with google.http.post(f"{google.url}/gmail", data=form, headers=headers) as answer:
            assert answer.status == 403
