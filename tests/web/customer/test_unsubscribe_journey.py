"""Somebody unsubscribes in a real browser and undoes it: with scripts at one press, without by a box."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from admitone.store.records.contacts.unsubscribed import is_unsubscribed
from tests.support.customer.screen import SMALL, screen
from tests.support.customer.unsubscribing import CARLA, unsubscribe_path
from tests.support.dashboard.accessibility import violations
from tests.support.factories import WORKSPACE

if TYPE_CHECKING:
    from playwright.async_api import Browser, Page

    from tests.support.customer.host import Host

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
async def test_it_is_done_and_undone(host: Host, chromium: Browser, *, scripts: bool) -> None:
    path = await unsubscribe_path(host.deployment)
    async with screen(chromium, host, viewport=SMALL, java_script_enabled=scripts) as page:
        await page.goto(path)
        for button, agrees, then in (
            ("Unsubscribe", "Yes, unsubscribe me", "You're unsubscribed"),
            ("Subscribe again", "Yes, send them to me", "Unsubscribe from these emails"),
        ):
            await _press(page, button)
            if not scripts:
                await page.get_by_label(agrees).check()
                await _press(page, button)
            await page.get_by_role("heading", name=then, exact=True).wait_for()
            is_out = await is_unsubscribed(host.deployment.store, WORKSPACE, CARLA.email)
            assert is_out is (button == "Unsubscribe")
            if scripts:
                assert await violations(page) == []


async def _press(page: Page, button: str) -> None:
    await page.get_by_role("button", name=button, exact=True).click()
