"""The workspace's name and logo, and the host's photo, on the pages of customers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.support.api.calling import answered
from tests.support.customer.host import path_of
from tests.support.customer.screen import DESKTOP, PHONE, SMALL, fits, screen
from tests.support.customer.visitor import CARLA
from tests.support.dashboard.accessibility import violations
from tests.support.pictures.made import a_picture

if TYPE_CHECKING:
    from playwright.async_api import Browser

    from tests.support.customer.host import Host
    from tests.support.customer.visitor import Visitor

IMAGES = "[...document.images].map((one) => [one.complete && one.naturalWidth > 0, one.width, one.height])"
SHAPES = """() => [...document.images].map((one) => {
  one.removeAttribute('src');
  return [one.width, one.height];
})"""
"""The room that pictures take before they are there."""


async def upload(host: Host, path: str, size: tuple[int, int] = (320, 80)) -> str:
    """Upload a picture; its path."""
    made = answered(await host.api.call("PUT", path, data=a_picture(size=size), content_type="image/png"))
    url: str = made["url"]
    return url.removeprefix("http://127.0.0.1:8080")


async def images(visitor: Visitor, path: str) -> list[str]:
    """The addresses of the pictures on a page; each has a size, and stands beside a name that says it."""
    found = [dict(a) for tag, a in (await visitor.get(path)).page.tags if tag == "img"]
    assert all(one["alt"] == "" and one["width"] and one["height"] for one in found)
    return [one["src"] or "" for one in found]


async def test_every_page_of_a_customer_shows_both(host: Host, visitor: Visitor) -> None:
    manage = await host.booked()
    paths = [
        await host.path(),
        path_of(await host.link(person=CARLA)),
        "/hanna-page",
        manage,
        f"{manage}/cancel",
        f"{manage}/reschedule",
    ]
    for path in paths:
        assert await images(visitor, path) == []
        assert "Acme" in (await visitor.page(path)).text
    logo, photo = await upload(host, "/settings/logo"), await upload(host, "/me/photo")
    for path in paths:
        assert await images(visitor, path) == [logo, photo]
        assert "Acme" in (await visitor.page(path)).text
    for address in (logo, photo):
        assert (await visitor.get(address)).headers["Content-Type"] == "image/webp"
    await host.api.delete("/settings/logo")
    assert await images(visitor, paths[0]) == [photo]


async def test_the_confirming_page_shows_both(host: Host, visitor: Visitor) -> None:
    logo, photo = await upload(host, "/settings/logo"), await upload(host, "/me/photo")
    path = await host.path()
    form = (await visitor.page(path)).form()
    sent = await visitor.send_unmarked(form, path, start="2026-11-19T09:00:00Z", **CARLA)
    assert [a.get("src") for tag, a in sent.page.tags if tag == "img"] == [logo, photo]


async def test_a_link_that_is_used_up_shows_neither(host: Host, visitor: Visitor) -> None:
    await upload(host, "/settings/logo")
    await upload(host, "/me/photo")
    link = await host.link()
    await host.api.post(f"/links/{link['id']}/revoke", {})
    assert await images(visitor, path_of(link)) == []
    assert "Acme" not in (await visitor.get(path_of(link))).page.text


async def test_a_photo_is_shown_only_of_a_host_who_is_named(
    host: Host, visitor: Visitor, master: Any
) -> None:
    await upload(host, "/me/photo")
    link = await host.api.new_link(master, event_type=host.event_type["id"])
    page = await visitor.page(path_of(link))
    assert "Hanna Host" not in page.text
    assert await images(visitor, path_of(link)) == []


async def test_a_workspace_of_one_person_does_not_say_their_name_twice(host: Host, visitor: Visitor) -> None:
    await host.deployment.change_settings(name="Hanna Host")
    path = await host.path()
    assert (await visitor.page(path)).text.count("Hanna Host") == 1 + 1  # the title of the document as well
    await upload(host, "/settings/logo")
    assert (await visitor.page(path)).text.count("Hanna Host") == 1 + 1 + 1


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_they_look_right_everywhere(host: Host, chromium: Browser, scheme: str) -> None:
    await upload(host, "/settings/logo", (1600, 400))
    await upload(host, "/me/photo", (500, 700))
    paths = [await host.path(), await host.booked("2026-11-19T09:00:00Z")]
    for viewport in (DESKTOP, PHONE, SMALL):
        async with screen(chromium, host, viewport=viewport, color_scheme=scheme) as page:
            for path in paths:
                await page.goto(path)
                await page.wait_for_load_state()
                assert await page.evaluate(IMAGES) == [[True, 160, 40], [True, 48, 48]]
                assert await fits(page)
                assert await violations(page) == []
                assert await page.evaluate(SHAPES) == [[160, 40], [48, 48]]
