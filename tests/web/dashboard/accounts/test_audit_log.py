"""The audit log in the dashboard: who changed which setting, when and from where."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from playwright.async_api import expect

from admitone.domain.people.scopes import AREAS
from tests.support.api.calling import answered, created
from tests.support.dashboard.accessibility import violations
from tests.support.dashboard.server import DESKTOP, PHONE

if TYPE_CHECKING:
    from tests.support.api.calling import Api
    from tests.support.dashboard.server import DashboardServer

ROOM = "/dashboard/settings/audit"
READABLE = 120
"""Pixels that a time needs on one or two lines."""


@pytest.mark.parametrize(("viewport", "scheme"), [(DESKTOP, "light"), (PHONE, "dark")], ids=["desk", "phone"])
async def test_it_says_who_changed_what(
    dashboard: DashboardServer, admin: Api, member: Api, viewport: Any, scheme: Any
) -> None:
    page = await dashboard.page(admin, viewport=viewport, color_scheme=scheme)
    await page.goto(ROOM)
    await page.get_by_text("Nobody has changed a setting yet.").wait_for()
    answered(await admin.patch(f"/users/{member.user}", {"role": "administrator"}))
    answered(await admin.patch("/settings", {"name": "Zeta"}))
    scopes = [f"{area}:write" for area in AREAS]
    created(await admin.in_session().post("/api-keys", {"label": "CRM", "scopes": scopes}))
    await page.goto(ROOM)
    table = page.get_by_role("table")
    await expect(table).to_contain_text("User changed: Max Member")
    for text in "role: administrator", "Workspace settings changed", "Ada Admin", "127.0.0.1":
        await expect(table).to_contain_text(text)
    assert await violations(page) == []
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert await table.get_by_role("cell").first.evaluate("cell => cell.clientWidth") > READABLE
    await page.get_by_label("What").select_option("Webhook")
    await page.get_by_role("button", name="Filter").click()
    await page.get_by_text("No entry matches.").wait_for()
    assert await violations(page) == []


async def test_every_form_of_the_settings_leaves_one_entry(dashboard: DashboardServer, admin: Api) -> None:
    """The forms call what the API calls, so that a few of them show it."""
    forms = {
        "/dashboard/settings": {"name": "Ada Lovelace", "timezone": ""},
        "/dashboard/settings/invitations": {"email": "ida@guest.test", "role": "member", "once": "a"},
        "/dashboard/settings/webhooks": {
            "endpoint": "https://crm.example.com/hook",
            "events": "link.created",
            "once": "b",
        },
        "/dashboard/settings/mail/confirmation": {
            "subject": "Hello",
            "text": "Hello, {{ customer.name }}",
        },
        "/auth/sign-out-everywhere": {},
    }
    for path, fields in forms.items():
        assert (await dashboard.post(admin, path, **fields)).status in {200, 303}, path
    await dashboard.change_user(admin, epoch=0)
    entries = (await admin.get("/audit")).items
    assert [(one["kind"], one["fields"]) for one in reversed(entries)] == [
        ("user", ["name"]),
        ("invitation", []),
        ("webhook", []),
        ("mail_template", []),
        ("user", ["epoch"]),
    ]
