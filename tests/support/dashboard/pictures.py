"""The contents of the README's pictures: the same people, links and hour each time."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from tests.support.dashboard.server import DESKTOP, PHONE

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from playwright.async_api import Page

    from tests.support.api.calling import Api
    from tests.support.dashboard.server import DashboardServer

    Pose = Callable[[Page, str], Awaitable[None]]

PICTURES = Path(__file__).parents[3] / "docs" / "pictures"
MOST_BYTES = 120_000
IS_TAKING = bool(os.environ.get("ADMITONE_TAKE_PICTURES"))
IN_HAND = {"viewport": PHONE, "device_scale_factor": 1.5, "is_mobile": True, "has_touch": True}
LOOKS: Mapping[str, Mapping[str, Any]] = {
    "desk-light": {"viewport": DESKTOP, "color_scheme": "light"},
    "desk-dark": {"viewport": DESKTOP, "color_scheme": "dark"},
    "phone-light": {"color_scheme": "light", **IN_HAND},
    "phone-dark": {"color_scheme": "dark", **IN_HAND},
}
CUSTOMERS = (
    ("Amina Haddad", "amina@northwind.test"),
    ("Jonas Weber", "jonas@weber-and-sons.test"),
    ("Mei Tanaka", "mei@tanaka-studio.test"),
    ("Oluwaseun Adeyemi", "seun@lagos-labs.test"),
    ("Sofia Marino", "sofia@marino.test"),
    ("Tom Baker", "tom@bakery.test"),
)


class Subject(NamedTuple):
    """One picture; `pose` opens what it shows, and fails if that is not visible."""

    name: str
    is_signed_in: bool
    pose: Pose


async def put_example_links(dashboard: DashboardServer) -> tuple[Api, str]:
    """Make links in every state; returns their host and the path of a personalised active link."""
    hanna = await dashboard.user("administrator", name="Hanna Lindqvist", email="hanna@lindqvist.test")
    intro = await hanna.new_event_type(
        name="Introduction", description="We get to know each other, and you see it at work."
    )
    review = await hanna.new_event_type(name="Review", duration_minutes=60)
    talk = await hanna.new_page(intro, title="Talk to Hanna", slug="hanna")
    projects = await hanna.new_page(review, title="Project reviews", slug="reviews")
    links = []
    for place, (name, email) in enumerate(CUSTOMERS):
        dashboard.clock.forward(minutes=7)
        page = projects if place % 3 == 1 else talk
        links.append(await hanna.new_link(page, person={"name": name, "email": email}))
    for place, start in (
        (0, "2026-11-19T09:00:00Z"),
        (1, "2026-11-20T13:00:00Z"),
        (3, "2026-11-23T10:30:00Z"),
    ):
        await dashboard.customer.booked(links[place]["code"], start, name=None, email=None)
    await hanna.post(f"/links/{links[2]['id']}/revoke")
    return hanna, f"/.{links[-1]['code']}"


async def _customers_page(page: Page, path: str) -> None:
    await page.goto(f"{path}?date=2026-11-20&skip=0")
    await page.get_by_role("radio", name="10:00").check()
    await page.get_by_role("heading", name="Introduction").wait_for()
    await page.get_by_text("Friday 20 November", exact=False).first.wait_for()


async def _links(page: Page, path: str) -> None:
    await page.goto("/dashboard/links")
    await page.get_by_role("heading", name="Links").wait_for()
    await page.get_by_text("Mei Tanaka").wait_for()


async def _share(page: Page, path: str) -> None:
    await page.goto("/dashboard/pages")
    await page.get_by_role("link", name="Share").first.click()
    dialog = page.get_by_role("dialog", name="Share")
    await dialog.wait_for()
    if await dialog.get_by_role("link", name="Talk to Hanna").count():
        await dialog.get_by_role("link", name="Talk to Hanna").click()
    await dialog.get_by_label("Personalise link").check()
    await dialog.get_by_label("Name", exact=True).fill("Carla Cole")
    await dialog.get_by_label("Email").fill("carla@cole.test")
    await dialog.get_by_role("button", name="Copy & close").wait_for()


SUBJECTS = (
    Subject("customer", False, _customers_page),
    Subject("links", True, _links),
    Subject("share", True, _share),
)
