"""`GET PATCH /api/v1/settings`: what holds for a whole workspace, for administrators."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.support.api.calling import answered, refused

if TYPE_CHECKING:
    from tests.support.api.calling import Api


async def test_settings_start_with_their_defaults(admin: Api) -> None:
    settings = answered(await admin.get("/settings"))
    assert settings["link_expiry_days"] == 90
    assert settings["on_cancel"] == "keep"
    assert settings["accent"] is None
    assert settings["members_see"] == "own"
    assert settings["mails_per_day"] == 2000
    assert settings["locale"] is None
    assert settings["host_notices"] == "once"
    assert settings["reporting_timezone"] is None
    assert settings["url"].endswith("/api/v1/settings")


async def test_a_patch_changes_what_it_names(admin: Api) -> None:
    before = answered(await admin.get("/settings"))
    changed = answered(await admin.patch("/settings", {"link_expiry_days": None, "on_cancel": "reactivate"}))
    assert changed == before | {"link_expiry_days": None, "on_cancel": "reactivate"}
    assert answered(await admin.get("/settings")) == changed
    assert answered(await admin.patch("/settings", {})) == changed


async def test_members_see_their_own_or_all(admin: Api) -> None:
    assert answered(await admin.patch("/settings", {"members_see": "all"}))["members_see"] == "all"
    assert answered(await admin.patch("/settings", {"name": "Acme"}))["members_see"] == "all"
    assert answered(await admin.patch("/settings", {"members_see": None}))["members_see"] == "own"


async def test_the_zone_of_reports_is_one_that_exists(admin: Api) -> None:
    changed = answered(await admin.patch("/settings", {"reporting_timezone": "Pacific/Auckland"}))
    assert changed["reporting_timezone"] == "Pacific/Auckland"
    refused(
        await admin.patch("/settings", {"reporting_timezone": "Mars/Base"}),
        422,
        "invalid",
        "reporting_timezone",
    )


async def test_reminders_are_three_at_most_and_each_once(admin: Api) -> None:
    assert answered(await admin.get("/settings"))["reminders"] == []
    assert answered(await admin.patch("/settings", {"reminders": [1440, 60]}))["reminders"] == [1440, 60]
    refused(await admin.patch("/settings", {"reminders": [60, 60]}), 422, "invalid", "reminders")
    refused(await admin.patch("/settings", {"reminders": [5, 6, 7, 8]}), 422, "invalid", "reminders")
    refused(await admin.patch("/settings", {"reminders": [20161]}), 422, "invalid", "reminders.0")
    assert answered(await admin.patch("/settings", {"reminders": None}))["reminders"] == []


async def test_a_colour_is_kept_in_one_spelling_and_taken_back(admin: Api) -> None:
    assert answered(await admin.patch("/settings", {"accent": "#1E7A4C"}))["accent"] == "#1e7a4c"
    assert answered(await admin.patch("/settings", {"name": "Acme"}))["accent"] == "#1e7a4c"
    assert answered(await admin.patch("/settings", {"accent": None}))["accent"] is None


async def test_new_links_follow_the_settings_and_old_ones_do_not(admin: Api) -> None:
    page = await admin.new_page(await admin.new_event_type())
    old = await admin.new_link(page)
    await admin.patch("/settings", {"link_expiry_days": 1, "on_cancel": "reactivate"})
    new = await admin.new_link(page)
    assert (new["expires_at"], new["on_cancel"]) == ("2026-11-19T11:06:40Z", "reactivate")
    kept = answered(await admin.get(f"/links/{old['id']}"))
    assert (kept["expires_at"], kept["on_cancel"]) == (old["expires_at"], "keep")


async def test_what_cannot_be_is_refused_at_its_field(admin: Api) -> None:
    for patch, field in (
        ({"link_expiry_days": 0}, "link_expiry_days"),
        ({"link_expiry_days": 366}, "link_expiry_days"),
        ({"on_cancel": "forget"}, "on_cancel"),
        ({"members_see": "nothing"}, "members_see"),
        ({"general_link_bookings_per_hour": 0}, "general_link_bookings_per_hour"),
        ({"mails_per_day": 0}, "mails_per_day"),
        ({"locale": "pt"}, "locale"),
        ({"host_notices": "never"}, "host_notices"),
        ({"locale": "tlh"}, "locale"),
        ({"mails_per_day": 20_001}, "mails_per_day"),
        ({"accent": "red"}, "accent"),
        ({"accent": "#1e7a4"}, "accent"),
        ({"accent": "#1e7a4c\n"}, "accent"),
        ({"name": " "}, "name"),
        ({"name": "a\nb"}, "name"),
        ({"domain": "evil.test"}, "domain"),
    ):
        refused(await admin.patch("/settings", patch), 422, "invalid", field)


async def test_members_and_strangers_stay_outside(admin: Api, member: Api, stranger: Api) -> None:
    refused(await member.get("/settings"), 403, "forbidden")
    refused(await member.patch("/settings", {"name": "Mine"}), 403, "forbidden")
    answered(await stranger.patch("/settings", {"name": "Theirs"}))
    assert answered(await admin.get("/settings"))["name"] != "Theirs"
