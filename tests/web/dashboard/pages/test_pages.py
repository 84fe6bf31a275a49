"""Booking pages: made, changed and deleted by forms; hours by time fields or drawn in the week."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from playwright.async_api import expect

from tests.support.dashboard.forms import BOOKING_PAGE_FIELDS
from tests.support.dashboard.server import DESKTOP, PHONE

if TYPE_CHECKING:
    from playwright.async_api import Page

    from tests.support.api.calling import Api
    from tests.support.dashboard.server import DashboardServer
    from tests.web.dashboard.conftest import Workspace


async def test_every_setting_is_in_the_form(
    dashboard: DashboardServer, admin: Api, workspace: Workspace
) -> None:
    answer = await dashboard.post(
        admin,
        "/dashboard/pages",
        **BOOKING_PAGE_FIELDS,
        event_types=workspace.event_type["id"],
        owner=admin.user,
    )
    assert answer.status == 303
    page = (await admin.get("/booking-pages")).items[1]
    assert answer.headers["Location"] == f"/dashboard/pages/{page['id']}?said=created"
    assert page["slug"] == "meet-ada"
    assert page["schedule"]["weekly"]["mon"] == [["09:00", "12:00"], ["20:00", "00:00"]]
    assert page["schedule"]["weekly"]["tue"] == []
    assert page["schedule"]["overrides"] == {"2026-12-24": [["09:00", "11:00"]], "2026-12-25": []}
    assert page["form"] == [
        {"id": "your_company", "label": "Your company?", "kind": "text", "required": True, "options": []}
    ]
    assert (page["general_link"], page["enabled"], page["theme"]) == (False, True, "dark")
    assert page["event_types"] == [workspace.event_type["id"]]


async def test_a_form_saved_as_it_is_shown_changes_nothing(
    dashboard: DashboardServer, admin: Api, workspace: Workspace
) -> None:
    schedule = {
        "timezone": "Pacific/Apia",
        "weekly": {"mon": [["09:00", "12:00"], ["22:00", "02:00"]], "sun": [["00:00", "00:00"]]},
        "overrides": {"2026-12-24": [], "2026-12-31": [["10:00", "11:00"]]},
    }
    form = [{"id": "size", "label": "Size", "kind": "select", "required": True, "options": ["S", "M, or L"]}]
    made = await admin.new_page(workspace.event_type, schedule=schedule, form=form, locale="de")
    page = await dashboard.page(admin, java_script_enabled=False)
    await page.goto(f"/dashboard/pages/{made['id']}/edit")
    await page.get_by_role("button", name="Save").click()
    await expect(page.get_by_role("status").first).to_have_text("Saved.")
    assert (await admin.get(f"/booking-pages/{made['id']}")).body == made


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"title": ""}, "This field is required."),
        ({"slug": "dashboard"}, "This word is reserved. Choose another one."),
        ({"slug": "ada-admin"}, "Another page already has this address. Choose another one."),
        ({"weekly.mon.0.end": ""}, "Enter both times."),
        ({"override.0.0.end": ""}, "Enter both times."),
        ({"override.1.date": "2026-12-24"}, "This date is given twice."),
        ({"override.0.date": ""}, "Choose a date."),
        ({"form.0.kind": "select"}, "A choice needs options, and nothing else has them."),
        ({"schedule.timezone": "Mars/Base"}, "is not a time zone"),
    ],
)
async def test_what_is_wrong_is_said(
    dashboard: DashboardServer, admin: Api, workspace: Workspace, changes: dict[str, str], message: str
) -> None:
    answer = await dashboard.post(admin, "/dashboard/pages", **BOOKING_PAGE_FIELDS | changes)
    assert answer.status == 422
    text = await answer.text()
    assert text.count(message) == 1
    assert "Your company?" in text
    assert [page["id"] for page in (await admin.get("/booking-pages")).items] == [workspace.page["id"]]


async def test_emptied_dates_and_questions_are_taken_away(
    dashboard: DashboardServer, admin: Api, workspace: Workspace
) -> None:
    await dashboard.post(admin, "/dashboard/pages", **BOOKING_PAGE_FIELDS)
    page = (await admin.get("/booking-pages")).items[1]
    changes = {"override.0.date": "", "override.0.0.start": "", "override.0.0.end": "", "form.0.label": ""}
    answer = await dashboard.post(
        admin, f"/dashboard/pages/{page['id']}", **BOOKING_PAGE_FIELDS | changes | {"slug": "meet-ada"}
    )
    assert answer.status == 303
    changed = (await admin.get(f"/booking-pages/{page['id']}")).body
    assert changed["schedule"]["overrides"] == {"2026-12-25": []}
    assert changed["form"] == []
    assert workspace.page["id"] != page["id"]


async def test_each_error_is_said_once_at_its_field_and_the_first_has_the_focus(
    dashboard: DashboardServer, admin: Api, workspace: Workspace
) -> None:
    page = await dashboard.page(admin, java_script_enabled=False)
    await page.goto("/dashboard/pages/new")
    await page.get_by_label("Title").fill("Meet me")
    await page.get_by_label("Saturday, from").fill("10:00")
    await page.locator("[name='override.0.0.end']").fill("12:00")
    await page.get_by_role("button", name="Create page").click()
    await expect(page.get_by_label("Saturday, from").first).to_be_focused()
    await expect(page.get_by_label("Saturday, from").first).to_have_value("10:00")
    assert await page.locator(".error").all_inner_texts() == ["Enter both times.", "Choose a date."]
    await expect(page.get_by_label("Date", exact=True).first).to_have_attribute("aria-invalid", "true")
    await expect(page.get_by_role("alert")).to_have_text(
        "The page was not saved. 2 fields need to be corrected."
    )
    assert workspace.page["id"]


async def test_a_copy_has_a_free_address_and_the_host_of_who_makes_it(
    dashboard: DashboardServer, admin: Api, member: Api, workspace: Workspace
) -> None:
    form = [{"id": "size", "label": "Size", "kind": "select", "required": True, "options": ["S", "M"]}]
    schedule = {
        "timezone": "Europe/Paris",
        "overrides": {"2026-12-24": [], "2026-12-31": [["10:00", "11:00"]]},
    }
    about = {"locale": "de", "theme": "dark", "general_link": False, "description": "Hello"}
    made = await admin.new_page(workspace.event_type, slug="ada", schedule=schedule, form=form, **about)
    await admin.new_page(workspace.event_type, slug="ada-2")
    page = await dashboard.page(member, java_script_enabled=False)
    await page.goto(f"/dashboard/pages/{made['id']}")
    looks = page.locator(".facts > div").filter(has_text=re.compile("Language|Appearance")).locator("dd")
    await expect(looks).to_have_text(["Deutsch", "Dark"])
    await page.get_by_role("link", name="Duplicate").click()
    assert len((await admin.get("/booking-pages")).items) == 3
    await page.get_by_role("button", name="Create page").click()
    await page.get_by_text("Created.").wait_for()
    copy = (await admin.get("/booking-pages")).items[-1]
    assert (copy["slug"], copy["title"]) == ("ada-3", f"{made['title']} (copy)")
    assert copy["owner"] == member.user
    own = {each: made[each] for each in ("id", "url", "created_at", "slug", "title", "owner")}
    assert copy | own == made


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
async def test_a_page_is_made_changed_and_deleted(
    dashboard: DashboardServer, admin: Api, viewport: Any, scripts: bool
) -> None:
    await admin.new_event_type()
    page = await dashboard.page(admin, viewport=viewport, java_script_enabled=scripts)
    await page.goto("/dashboard/pages")
    await page.get_by_role("link", name="Create the first one").click()
    await page.get_by_label("Title").fill("Meet me")
    await page.get_by_role("button", name="Create page").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("Meet me")
    await expect(page.get_by_text("09:00–17:00")).to_have_count(5)
    await page.get_by_role("link", name="Edit page").click()
    await page.get_by_label("The page is on").uncheck()
    await page.get_by_label("Saturday, from").fill("10:00")
    await page.get_by_label("Saturday, to").fill("12:00")
    await page.get_by_role("button", name="Save").click()
    await expect(page.get_by_text("This page is off.").first).to_be_visible()
    [made] = (await admin.get("/booking-pages")).items
    assert made["schedule"]["weekly"]["sat"] == [["10:00", "12:00"]]
    assert made["enabled"] is False
    await page.get_by_role("link", name="Edit page").click()
    await page.get_by_text("Delete this page").click()
    await page.get_by_role("button", name="Delete page").click()
    assert (await admin.get("/booking-pages")).items == []


async def test_hours_are_drawn_with_the_mouse(
    dashboard: DashboardServer, admin: Api, workspace: Workspace
) -> None:
    page = await dashboard.page(admin)
    await page.goto(f"/dashboard/pages/{workspace.page['id']}/edit")
    await _drag(page, "sat", "10:00", "12:30")
    await _drag(page, "sat", "14:00", "16:00")
    await _drag(page, "mon", "12:00", "13:00")  # by its middle: an hour later
    await _drag(page, "tue", "16:57", "18:00")  # by its end
    await _remove(page, "wed")
    await page.get_by_role("button", name="Save").click()
    await page.get_by_text("Saved.").wait_for()
    weekly = (await admin.get(f"/booking-pages/{workspace.page['id']}")).body["schedule"]["weekly"]
    assert weekly["sat"] == [["10:00", "12:30"], ["14:00", "16:00"]]
    assert weekly["mon"] == [["10:00", "18:00"]]
    assert weekly["tue"] == [["09:00", "18:00"]]
    assert weekly["wed"] == []
    assert weekly["thu"] == [["09:00", "17:00"]]


async def test_the_week_shows_what_is_typed(
    dashboard: DashboardServer, admin: Api, workspace: Workspace
) -> None:
    page = await dashboard.page(admin)
    await page.goto(f"/dashboard/pages/{workspace.page['id']}/edit")
    await page.get_by_label("Sunday, from").fill("22:00")
    await page.get_by_label("Sunday, to").fill("02:00")
    assert await page.locator('.column[data-day="6"] .span').inner_text() == "22:00–02:00\n×"
    await expect(page.locator('.column[data-day="0"] .span.spilt')).to_have_count(1)


async def test_dates_and_questions_are_added_without_saving(
    dashboard: DashboardServer, admin: Api, workspace: Workspace
) -> None:
    page = await dashboard.page(admin)
    await page.goto(f"/dashboard/pages/{workspace.page['id']}/edit")
    for date in ("2026-12-24", "2026-12-25"):
        await page.locator(".override input[type=date]").last.fill(date)
        await page.get_by_role("button", name="Add a date").click()
    for label in ("Company", "Team size"):
        await page.locator(".question input[type=text]").last.fill(label)
        await page.get_by_role("button", name="Add a question").click()
    await page.get_by_role("button", name="Save").click()
    await page.get_by_text("Saved.").wait_for()
    saved = (await admin.get(f"/booking-pages/{workspace.page['id']}")).body
    assert saved["schedule"]["overrides"] == {"2026-12-24": [], "2026-12-25": []}
    assert [field["id"] for field in saved["form"]] == ["company", "team_size"]


async def test_it_is_said_why_a_time_is_not_offered(
    dashboard: DashboardServer, admin: Api, workspace: Workspace
) -> None:
    link = await admin.new_link(workspace.page)
    await dashboard.customer.booked(link["code"], "2026-11-20T09:00:00Z")
    room = f"/dashboard/pages/{workspace.page['id']}/times"
    friday = await (await dashboard.get(admin, f"{room}?date=2026-11-20")).text()
    assert friday.count("Offered.") == 15
    assert friday.count("Another event or booking is at this time.") == 1
    today = await (await dashboard.get(admin, room)).text()
    assert "The time has passed, or is sooner than the minimum notice." in today
    far = await (await dashboard.get(admin, f"{room}?date=2027-06-07")).text()
    assert "The date is outside the booking window." in far
    sunday = await (await dashboard.get(admin, f"{room}?date=2026-11-22")).text()
    assert "There are no hours on this date." in sunday


async def _drag(page: Page, day: str, start: str, end: str) -> None:
    """Press at one time of the day and let go at another."""
    column = page.locator(f'.column[data-day="{DAYS.index(day)}"]')
    await column.scroll_into_view_if_needed()
    box = await column.bounding_box()
    assert box
    x = box["x"] + box["width"] / 2
    await page.mouse.move(x, box["y"] + box["height"] * _part(start))
    await page.mouse.down()
    await page.mouse.move(x, box["y"] + box["height"] * (_part(start) + _part(end)) / 2, steps=3)
    await page.mouse.move(x, box["y"] + box["height"] * _part(end), steps=3)
    await page.mouse.up()


async def _remove(page: Page, day: str) -> None:
    await page.locator(f'.column[data-day="{DAYS.index(day)}"] .span button').click()


def _part(time: str) -> float:
    hours, minutes = map(int, time.split(":"))
    return (hours * 60 + minutes) / 1440


DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
