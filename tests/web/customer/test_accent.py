"""The workspace's colour on its customers' pages: readable, and no other trace of the workspace."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.api.calling import answered
from tests.support.customer.host import path_of
from tests.support.customer.screen import PHONE, screen
from tests.support.dashboard.accessibility import violations

if TYPE_CHECKING:
    from playwright.async_api import Browser

    from tests.support.customer.host import Host
    from tests.support.customer.visitor import Visitor

YELLOW = "#ffe000"
INK = "getComputedStyle(document.querySelector('.eyebrow')).color"
BUTTON = "getComputedStyle(document.querySelector('.button:not(.quiet)')).backgroundColor"


async def paint(host: Host, accent: str | None) -> None:
    """Choose the workspace's colour."""
    answered(await host.api.patch("/settings", {"accent": accent}))


async def style_of(visitor: Visitor, path: str) -> str | None:
    """The address of the colour's style sheet on a page."""
    tags = (await visitor.get(path)).page.tags
    found = [a.get("href") or "" for tag, a in tags if tag == "link" and "/accent/" in (a.get("href") or "")]
    assert len(found) <= 1
    return found[0] if found else None


async def test_every_page_of_a_customer_has_the_colour(host: Host, visitor: Visitor) -> None:
    manage = await host.booked()
    paths = [await host.path(), "/hanna-page", manage, f"{manage}/cancel", f"{manage}/reschedule"]
    assert {await style_of(visitor, path) for path in paths} == {None}
    await paint(host, YELLOW)
    [style] = {await style_of(visitor, path) for path in paths}
    assert style
    assert style.endswith("/accent/ffe000.css")
    answer = await visitor.get(style)
    assert answer.headers["Content-Type"] == "text/css; charset=utf-8"
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    await paint(host, "#00ff00")
    assert await style_of(visitor, paths[0]) == style.replace("ffe000", "00ff00")


async def test_a_link_that_is_used_up_does_not_tell_the_colour(host: Host, visitor: Visitor) -> None:
    await paint(host, YELLOW)
    link = await host.link()
    await host.api.post(f"/links/{link['id']}/revoke", {})
    assert await style_of(visitor, path_of(link)) is None


async def test_only_colours_have_a_style_sheet(host: Host, visitor: Visitor) -> None:
    await paint(host, YELLOW)
    style = await style_of(visitor, await host.path()) or ""
    for name in ("red", "FFE000", "ffe00", "ffe0000", "gfe000", "ffe000.css", "ffe000%0a", ""):
        assert (await visitor.get(style.replace("ffe000", name))).status == 404


@pytest.mark.browser
async def test_a_colour_that_cannot_be_read_is_made_readable(host: Host, chromium: Browser) -> None:
    await paint(host, YELLOW)
    paths = [await host.path(), await host.booked("2026-11-19T09:00:00Z")]
    expected = {"light": "rgb(120, 105, 0)", "dark": "rgb(255, 224, 0)"}
    for scheme, colour in expected.items():
        async with screen(chromium, host, viewport=PHONE, color_scheme=scheme) as page:
            for path in paths:
                await page.goto(path)
                assert await page.evaluate(INK) == colour
                assert await violations(page) == []
            await page.goto(paths[0])
            assert await page.evaluate(BUTTON) == colour
    await host.change("page", theme="dark")
    async with screen(chromium, host, color_scheme="light") as page:
        await page.goto(await host.path())
        assert await page.evaluate(INK) == expected["dark"]
