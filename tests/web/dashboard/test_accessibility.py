"""axe-core finds nothing in any room, light on a small phone, dark on a desktop, and with hostile names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import pytest
from playwright.async_api import expect

from admitone.web.routes import ROUTES
from tests.support.api.calling import created
from tests.support.dashboard.accessibility import BY_LOOK, violations
from tests.support.dashboard.server import DESKTOP, NARROW
from tests.support.roles.workspace_with_everything import WorkspaceWithEverything
from tests.support.sizes import FULL

if TYPE_CHECKING:
    from playwright.async_api import Page, ViewportSize

    from tests.support.api.calling import Api
    from tests.support.dashboard.server import DashboardServer
    from tests.web.dashboard.conftest import Workspace

HTML = "<img src=x onerror=window.broken=1><script>window.broken=1</script>\"'><b>"
LONG = "Wolfeschlegelsteinhausenbergerdorff" * 6  # more than 200 letters without a blank
RTL = "\u202eمحمد بن علي\u202c عبد الرحمن"

LOOKS: list[tuple[ViewportSize, Literal["light", "dark"]]] = [(NARROW, "light"), (DESKTOP, "dark")]
MAILS = {
    "/dashboard/links/{link}/email/preview",
    "/dashboard/links/{link}/nudge/preview",
    "/dashboard/settings/mail/{kind}/preview",
    "/dashboard/settings/kept-mail/{mail}",
}
"""Mails as they are sent, in a sandbox without scripts."""
ROOMS = [
    route
    for route in ROUTES
    if route.method == "GET" and route.path.startswith("/dashboard")
    if not route.path.endswith((".csv", "/slots")) and route.path not in MAILS
]
"""Every room, so that a new one is tried without being named here."""


@pytest.mark.soak
async def test_axe_finds_nothing_in_any_room_and_none_is_too_wide(
    dashboard: DashboardServer, admin: Api, member: Api
) -> None:
    """By every rule; under `make test`, in the second look of a room by those that depend on the look."""
    other = await dashboard.user("administrator", name="Olga Other")  # so that the other one may leave
    everything = WorkspaceWithEverything(
        dashboard, admin, member, other, event_type=await admin.new_event_type()
    )
    rooms = {route.path: await everything.path(route) for route in ROOMS}
    page = await dashboard.page(admin)
    found, looks = {}, LOOKS
    for name, room in rooms.items():
        answer = await page.goto(room)
        assert answer is not None
        assert answer.ok, name
        looks = looks[::-1]  # each room begins as the one before ended, which saves a change
        for (viewport, scheme), rules in zip(looks, ((), () if FULL else BY_LOOK), strict=True):
            await page.set_viewport_size(viewport)
            await page.emulate_media(color_scheme=scheme)
            if places := await violations(page, only=rules) + await _too_wide(page):
                found[name, scheme] = places
    assert found == {}


async def test_axe_finds_nothing_in_what_lists_say_otherwise(
    dashboard: DashboardServer, admin: Api, workspace: Workspace
) -> None:
    page = await dashboard.page(admin)
    active = await admin.new_link(workspace.page, note="for the fair")
    rooms = (
        "/links?q=nobody",
        "/links/nothing",
        f"/activity?link={active['id']}",
        f"/pages/{workspace.page['id']}/times?date=2026-11-20",
        f"/share?page={workspace.page['id']}&made={active['id']}",
    )
    for room in rooms:
        await page.goto(f"/dashboard{room}")
        assert await violations(page) == [], room


@pytest.mark.parametrize(("viewport", "scheme"), LOOKS, ids=["phone-light", "desktop-dark"])
async def test_axe_finds_nothing_in_what_opens(
    dashboard: DashboardServer, admin: Api, workspace: Workspace, viewport: ViewportSize, scheme: str
) -> None:
    await _one_of_each(dashboard, admin, workspace.page)
    page = await dashboard.page(admin, viewport=viewport, color_scheme=scheme)
    await page.goto("/dashboard/pages")
    await page.get_by_label("Actions for").first.click()
    assert await violations(page) == []
    await page.locator(".head-actions a[data-share]").click()
    await page.locator("dialog .choose a").first.click()
    await page.get_by_label("Personalise link").check()
    assert await violations(page) == []


async def test_axe_finds_nothing_on_the_front_page(dashboard: DashboardServer) -> None:
    for scheme in ("light", "dark"):
        page = await dashboard.page(color_scheme=scheme)
        await page.goto("/")
        assert await violations(page) == []


@pytest.mark.soak
async def test_axe_finds_nothing_in_an_empty_workspace(
    dashboard: DashboardServer, admin: Api, member: Api
) -> None:
    rooms = (
        "",
        "/activity",
        "/links",
        "/bookings",
        "/pages",
        "/event-types",
        "/share",
        "/settings/api-keys",
        "/settings/calendar-feed",
        "/settings/access",
        "/settings/leave",
        "/settings/audit",
        "/master-pages",
    )
    for place, user in enumerate((admin, member)):
        page = await dashboard.page(user)
        for room in rooms if FULL else rooms[place::2]:
            await page.goto(f"/dashboard{room}")
            assert await violations(page) == [], room


async def test_axe_finds_nothing_where_a_form_is_wrong(
    dashboard: DashboardServer, admin: Api, workspace: Workspace
) -> None:
    page = await dashboard.page(admin)
    for room, button in (
        ("/event-types/new", "Create event type"),
        ("/pages/new", "Create page"),
        ("/settings/api-keys", "Create key"),
        ("/pools/new", "Create pool"),
        ("/master-pages/new", "Create master page"),
    ):
        await page.goto(f"/dashboard{room}")
        await page.get_by_role("button", name=button).click()
        await page.locator(".error").first.wait_for()
        assert await violations(page) == [], room
    assert workspace.page["id"]


@pytest.mark.parametrize("name", [(HTML + LONG)[:200], RTL], ids=["html-long", "rtl"])
async def test_any_name_is_shown_as_it_is(dashboard: DashboardServer, admin: Api, name: str) -> None:
    await dashboard.change_user(admin, name=name)
    await dashboard.change_settings(name=name)
    event_type = await admin.new_event_type(
        name=name, description=name, location={"kind": "link", "detail": name}, policy={"text": name}
    )
    form = [{"id": "q", "label": name, "kind": "select", "required": False, "options": [name]}]
    made = await admin.new_page(event_type, title=name, description=name, form=form)
    page = await dashboard.page(admin)
    too_wide, viewports = {}, [DESKTOP, NARROW]
    for room in await _one_of_each(dashboard, admin, made, name):
        await page.goto(room)
        assert await page.evaluate("window.broken") is None, room
        await expect(page.locator("img, main script"), room).to_have_count(0)
        viewports.reverse()  # each room begins as the one before ended, which saves a change
        for viewport in viewports:
            await page.set_viewport_size(viewport)
            if parts := await _too_wide(page):
                too_wide[room, viewport["width"]] = parts
    assert too_wide == {}


async def _one_of_each(
    dashboard: DashboardServer, admin: Api, page: Any, name: str = "Carla Cole"
) -> list[str]:
    """Make a record of each kind; returns the paths of all the rooms that show them."""
    person = {"name": name, "email": "carla@x.test"}
    link = await admin.new_link(page, person=person, note=name)
    starts = await admin.starts(link["code"], "2026-11-20", "2026-11-23")
    booking = await dashboard.customer.booked(
        link["code"], starts[0], name=name, email="c@x.test", notes=name
    )
    active = await admin.new_link(page, note=name)
    await admin.new_key(name)
    booking_room, page_room = f"/dashboard/bookings/{booking['id']}", f"/dashboard/pages/{page['id']}"
    pool = await admin.new_pool(page, name=name)
    rule = {
        "event_type": page["event_types"][0],
        "primary": {"pool": pool["id"]},
        "additional": [],
    }
    master = await admin.new_master_page(rule, title=name, description=name)
    workflow = created(await admin.post("/workflows", {"name": name, "steps": _steps_named(name)}))
    workflow_room = f"/dashboard/workflows/{workflow['id']}"
    pool_room, master_room = f"/dashboard/pools/{pool['id']}", f"/dashboard/master-pages/{master['id']}"
    return [
        "/dashboard",
        "/dashboard/activity",
        f"/dashboard/activity?link={link['id']}",
        "/dashboard/links",
        "/dashboard/links?q=nobody",
        f"/dashboard/links/{link['id']}",
        f"/dashboard/links/{active['id']}",
        f"/dashboard/links/{active['id']}/email",
        "/dashboard/bookings",
        booking_room,
        f"{booking_room}/reschedule",
        "/dashboard/pages",
        "/dashboard/pages/new",
        page_room,
        f"{page_room}/edit",
        f"{page_room}/times?date=2026-11-20",
        "/dashboard/pools",
        "/dashboard/pools/new",
        pool_room,
        f"{pool_room}/edit",
        "/dashboard/master-pages",
        "/dashboard/master-pages/new",
        master_room,
        f"{master_room}/edit",
        f"{master_room}/times?date=2026-11-20",
        "/dashboard/more",
        "/dashboard/workflows",
        "/dashboard/workflows/new",
        workflow_room,
        f"{workflow_room}/steps/mail",
        f"{workflow_room}/steps/way",
        f"{workflow_room}/runs",
        "/dashboard/reports",
        "/dashboard/reports/spread",
        "/dashboard/event-types",
        "/dashboard/event-types/new",
        f"/dashboard/event-types/{page['event_types'][0]}",
        "/dashboard/share",
        f"/dashboard/share?page={page['id']}&made={active['id']}",
        "/dashboard/settings",
        "/dashboard/settings/api-keys",
        "/dashboard/settings/workspace",
        "/dashboard/settings/mail",
        "/dashboard/settings/mail/rescheduled",
        "/dashboard/links/nothing",
    ]


def _steps_named(name: str) -> list[dict[str, Any]]:
    """Steps whose texts are a name, deep in branches."""
    mail = {"id": "mail", "kind": "send_email", "subject": name, "text": name}
    field = {"id": "field", "kind": "set_field", "name": name, "value": name}
    deepest = {"id": "deep", "kind": "if", "then": [field], "else": []}
    inner = {"id": "inner", "kind": "if", "then": [deepest], "else": [mail]}
    condition = {"about": "contact.tags", "is": "is", "value": name}
    return [{"id": "way", "kind": "if", "when": {"conditions": [condition]}, "then": [inner], "else": []}]


async def _too_wide(page: Page) -> list[str]:
    """What makes the page wider than its window, if it is."""
    found: list[str] = await page.evaluate(
        """() => document.documentElement.scrollWidth <= innerWidth ? [] : [...document.querySelectorAll("*")]
            .filter((part) => part.getBoundingClientRect().right > innerWidth)
            .map((part) => `${part.tagName} ${part.className}`)"""
    )
    return found
