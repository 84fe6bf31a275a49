"""Event types: made, changed and deleted by forms, with what is wrong said at its field."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from playwright.async_api import expect

from tests.support.dashboard.forms import EVENT_TYPE_FIELDS
from tests.support.dashboard.server import DESKTOP, NARROW, PHONE

if TYPE_CHECKING:
    from tests.support.api.calling import Api
    from tests.support.dashboard.server import DashboardServer
    from tests.web.dashboard.conftest import Workspace

FIELDS = "() => Object.fromEntries(new FormData(document.querySelector('form.detail-main')))"


async def test_every_setting_is_in_the_form(dashboard: DashboardServer, admin: Api) -> None:
    answer = await dashboard.post(admin, "/dashboard/event-types", **EVENT_TYPE_FIELDS)
    assert (answer.status, answer.headers["Location"]) == (303, "/dashboard/event-types?said=created")
    [made] = (await admin.get("/event-types")).items
    assert made | {"id": "", "url": "", "created_at": ""} == EXPECTED
    form = await (await dashboard.get(admin, f"/dashboard/event-types/{made['id']}")).text()
    for name, value in EVENT_TYPE_FIELDS.items():
        assert f'name="{name}"' in form
        if (
            value
            and "kind" not in name
            and "allow" not in name
            and "unit" not in name
            and "reason" not in name
        ):
            assert value in form, name


async def test_a_form_saved_as_it_is_shown_changes_nothing(dashboard: DashboardServer, admin: Api) -> None:
    await dashboard.post(admin, "/dashboard/event-types", **EVENT_TYPE_FIELDS)
    [before] = (await admin.get("/event-types")).items
    page = await dashboard.page(admin, java_script_enabled=False)
    await page.goto(f"/dashboard/event-types/{before['id']}")
    await page.get_by_role("button", name="Save").click()
    await expect(page.get_by_role("status").first).to_have_text("Saved.")
    assert (await admin.get(f"/event-types/{before['id']}")).body == before


async def test_a_new_one_offers_a_limit_of_reschedules(dashboard: DashboardServer, admin: Api) -> None:
    form = await (await dashboard.get(admin, "/dashboard/event-types/new")).text()
    assert re.search(r'name="policy\.max_reschedules"[^>]* value="5"', form)


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
async def test_an_event_type_is_made_changed_and_deleted(
    dashboard: DashboardServer, admin: Api, viewport: Any, scripts: bool
) -> None:
    page = await dashboard.page(admin, viewport=viewport, java_script_enabled=scripts)
    await page.goto("/dashboard/event-types")
    await page.get_by_role("link", name="Create the first one").click()
    await page.get_by_label("Name", exact=True).fill("Site visit")
    await page.get_by_label("Duration").fill("ninety")
    await page.get_by_role("button", name="Create event type").click()
    wrong = page.get_by_label("Duration")
    await expect(wrong).to_have_attribute("aria-invalid", "true")
    await expect(wrong).to_have_value("ninety")
    await expect(wrong).to_be_focused()
    await expect(page.get_by_text("Write a whole number.")).to_have_count(1)
    await expect(page.get_by_label("Buffer before")).to_be_hidden()
    await expect(page.get_by_label("Name", exact=True)).to_have_value("Site visit")
    await wrong.fill("90")
    await page.get_by_role("button", name="Create event type").click()
    await page.get_by_role("link", name="Site visit").click()
    await page.locator(".fold summary").click()
    await page.get_by_label("Customers may cancel").select_option("never")
    await page.get_by_role("button", name="Save").click()
    [event_type] = (await admin.get("/event-types")).items
    assert event_type["duration_minutes"] == 90
    assert event_type["policy"]["cancel"]["allow"] == "never"
    await page.get_by_role("link", name="Site visit").click()
    await page.get_by_text("Delete this event type").click()
    await page.get_by_role("button", name="Delete event type").click()
    await expect(page.get_by_role("status").first).to_have_text("Deleted.")
    assert (await admin.get("/event-types")).items == []


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": " "}, "name"),
        ({"duration_minutes": "1441"}, "duration_minutes"),
        ({"duration_minutes": ""}, "duration_minutes"),
        ({"increment_minutes": "4"}, "increment_minutes"),
        ({"buffer_before_minutes": "-1"}, "buffer_before_minutes"),
        ({"window.to": "2026-11-30"}, "window.to"),
        ({"window.from": ""}, "window.from"),
        ({"window.kind": "rolling_days"}, "window.days"),
        ({"max_per_day": "0"}, "max_per_day"),
        ({"policy.cancel.minutes": "0"}, "policy.cancel.minutes"),
        ({"policy.cancel.minutes": ""}, "policy.cancel.minutes"),
        ({"policy.text": "x" * 2001}, "policy.text"),
        ({"location.kind": "moon"}, "location.kind"),
    ],
)
async def test_what_is_wrong_is_said_at_its_field(
    dashboard: DashboardServer, admin: Api, changes: dict[str, str], field: str
) -> None:
    answer = await dashboard.post(admin, "/dashboard/event-types", **EVENT_TYPE_FIELDS | changes)
    assert answer.status == 422
    text = await answer.text()
    assert f'id="{field}-error"' in text
    assert "Please tell us early." in text or field == "policy.text"
    assert (await admin.get("/event-types")).items == []


async def test_what_is_not_chosen_is_folded(dashboard: DashboardServer, admin: Api) -> None:
    page = await dashboard.page(admin, viewport=NARROW, java_script_enabled=False)
    await page.goto("/dashboard/event-types/new")
    details = page.get_by_label("Details")
    await expect(details).to_be_hidden()
    await page.get_by_label("Location").select_option("in_person")
    await details.fill("Room 3")
    await page.get_by_label("Location").select_option("google_meet")
    await page.locator(".fold summary").click()
    await expect(page.get_by_label("Days", exact=True)).to_be_visible()
    await expect(page.get_by_label("First date")).to_be_hidden()
    await expect(page.get_by_label("First reminder", exact=True)).to_be_hidden()
    await page.get_by_label("Between two dates").check()
    await expect(page.get_by_label("Days", exact=True)).to_be_hidden()
    await page.get_by_label("Other reminders for this event type").check()
    await page.get_by_label("First reminder", exact=True).fill("90")
    await page.get_by_label("Customers may reschedule").select_option("never")
    await expect(page.get_by_label("Maximum reschedules")).to_be_hidden()
    await page.get_by_label("Name", exact=True).fill("Call")
    await page.get_by_role("button", name="Create event type").click()
    first = page.get_by_label("First date")  # within *More*, which is open therefore
    await expect(first).to_be_focused()
    await first.fill("2026-12-01")
    await page.get_by_label("Last date").fill("2026-12-31")
    await page.get_by_role("button", name="Create event type").click()
    await page.get_by_text("Created.").wait_for()
    [made] = (await admin.get("/event-types")).items
    assert made["location"] == {"kind": "google_meet", "detail": ""}
    assert made["window"] == {"kind": "dates", "from": "2026-12-01", "to": "2026-12-31"}
    assert made["reminders"] == [90 * 60]


async def test_a_copy_is_stored_when_it_is_created(dashboard: DashboardServer, admin: Api) -> None:
    await dashboard.post(admin, "/dashboard/event-types", **EVENT_TYPE_FIELDS)
    page = await dashboard.page(admin, java_script_enabled=False)
    await page.goto("/dashboard/event-types")
    await page.get_by_label("Actions for Consultation").click()
    await page.get_by_role("link", name="Duplicate").click()
    await expect(page.get_by_label("Name", exact=True)).to_have_value("Consultation (copy)")
    [first] = (await admin.get("/event-types")).items
    fields = await page.evaluate(FIELDS)
    for _ in range(2):  # pressed twice
        assert (await page.request.post("/dashboard/event-types", form=fields)).ok
    [_, copy] = (await admin.get("/event-types")).items
    own = {each: first[each] for each in ("id", "url", "created_at", "name")}
    assert copy["name"] == "Consultation (copy)"
    assert copy | own == first


async def test_a_form_that_is_sent_twice_makes_one(dashboard: DashboardServer, admin: Api) -> None:
    for _ in range(2):
        token = await dashboard.session(admin)
        assert token
    page = await dashboard.page(admin)
    await page.goto("/dashboard/event-types/new")
    fields = await page.evaluate(FIELDS)
    for _ in range(2):
        answer = await page.request.post("/dashboard/event-types", form={**fields, "name": "Once"})
        assert answer.ok
    assert len((await admin.get("/event-types")).items) == 1


async def test_members_read_it_in_words(
    dashboard: DashboardServer, member: Api, workspace: Workspace
) -> None:
    text = await (await dashboard.get(member, f"/dashboard/event-types/{workspace.event_type['id']}")).text()
    assert "30 minutes, starting every 30 minutes." in text
    assert "Customers may cancel at any time." in text


EXPECTED = {
    "id": "",
    "url": "",
    "created_at": "",
    "name": "Consultation",
    "duration_minutes": 45,
    "description": "",
    "location": {"kind": "in_person", "detail": "Room 3"},
    "increment_minutes": 15,
    "buffer_before_minutes": 5,
    "buffer_after_minutes": 10,
    "min_notice_minutes": 2880,
    "window": {"kind": "dates", "from": "2026-12-01", "to": "2026-12-31"},
    "max_per_day": 3,
    "max_per_week": None,
    "max_shown_per_day": 4,
    "policy": {
        "cancel": {"allow": "until", "minutes": 1440},
        "reschedule": {"allow": "never", "minutes": None},
        "reason": "required",
        "max_reschedules": None,
        "text": "Please tell us early.",
    },
    "reminders": [1440, 30],
    "max_guests": 2,
}
