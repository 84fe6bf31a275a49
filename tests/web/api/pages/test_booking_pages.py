"""`/api/v1/booking-pages`."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest

from tests.support.api.calling import answered, created, page_body, refused

if TYPE_CHECKING:
    from tests.support.api.calling import Api

PUBLIC = "http://127.0.0.1:8080"
THURSDAY = ("2026-11-19", "2026-11-19")


async def test_a_new_one_answers_the_request_with_defaults(admin: Api) -> None:
    event_type = await admin.new_event_type()
    body = page_body(event_type, slug="hanna")
    made = created(await admin.post("/booking-pages", body))
    weekly = {"sat": [], "sun": []} | body["schedule"]["weekly"]
    assert made == body | {
        "schedule": {"timezone": "Europe/Paris", "weekly": weekly, "overrides": {}},
        "description": "",
        "general_link": True,
        "enabled": True,
        "form": [],
        "locale": None,
        "theme": "auto",
        "confirm_email": False,
        "owner": admin.user,
        "id": made["id"],
        "url": f"{PUBLIC}/hanna",
        "created_at": "2026-11-18T11:06:40Z",
    }
    assert answered(await admin.get(f"/booking-pages/{made['id']}")) == made


async def test_everything_that_is_written_comes_back(admin: Api, member: Api) -> None:
    event_type = await admin.new_event_type()
    body = page_body(
        event_type,
        description="Two lines\nof text.",
        schedule={
            "timezone": "America/St_Johns",
            "weekly": {
                "mon": [["22:00", "02:00"], ["09:00", "10:30"]],
                "tue": [["12:00", "24:00"]],
                "wed": [["00:00", "24:00"]],
                "thu": [],
                "fri": [["08:00:30", "09:00"]],
                "sat": [],
                "sun": [],
            },
            "overrides": {"2026-12-24": [["09:00", "12:00"]], "2026-12-25": []},
        },
        general_link=False,
        enabled=False,
        form=[
            {"id": "company", "label": "Your company", "kind": "text", "required": True, "options": []},
            {"id": "size", "label": "Size", "kind": "select", "required": False, "options": ["S", "M"]},
        ],
        locale="pt-BR",
        theme="dark",
        owner=member.user,
    )
    made = created(await admin.post("/booking-pages", body))
    assert {name: made[name] for name in body} == body
    assert answered(await member.get(f"/booking-pages/{made['id']}")) == made


async def test_the_list_holds_the_whole_workspace(admin: Api, member: Api) -> None:
    made = [(await one.new_page())["id"] for one in (admin, member, admin)]
    first = await member.get("/booking-pages", limit=2)
    assert first.ids == made[:2]
    assert (await member.get("/booking-pages", cursor=first.body["next_cursor"])).ids == made[2:]


INVALID: list[tuple[dict[str, Any], str]] = [
    ({"title": ""}, "title"),
    ({"title": None}, "title"),
    ({"slug": None}, "slug"),
    ({"slug": "ab"}, "slug"),
    ({"slug": "x" * 61}, "slug"),
    ({"slug": "Hanna"}, "slug"),
    ({"slug": "hanna/talk"}, "slug"),
    ({"slug": "hänna"}, "slug"),
    ({"slug": "hanna\n"}, "slug"),
    ({"slug": "settings"}, "slug"),
    ({"slug": "api"}, "slug"),
    ({"slug": "7g2k9qxw3m5r8t1v4z6y"}, "slug"),
    ({"event_types": None}, "event_types"),
    ({"event_types": ["missing"]}, "event_types.0"),
    ({"event_types": [7]}, "event_types.0"),
    ({"schedule": None}, "schedule"),
    ({"schedule": {"weekly": {}}}, "schedule.timezone"),
    ({"schedule": {"timezone": "Paris"}}, "schedule.timezone"),
    ({"schedule": {"timezone": "../etc/passwd"}}, "schedule.timezone"),
    ({"schedule": {"timezone": "UTC", "weekly": {"monday": []}}}, "schedule.weekly.monday"),
    ({"schedule": {"timezone": "UTC", "weekly": {"mon": [["9:00", "17:00"]]}}}, "schedule.weekly.mon.0"),
    ({"schedule": {"timezone": "UTC", "weekly": {"mon": [["09:00", "24:01"]]}}}, "schedule.weekly.mon.0"),
    ({"schedule": {"timezone": "UTC", "weekly": {"mon": [["09:00"]]}}}, "schedule.weekly.mon.0"),
    (
        {"schedule": {"timezone": "UTC", "weekly": {"mon": [["09:00", "10:00", "11:00"]]}}},
        "schedule.weekly.mon.0",
    ),
    (
        {"schedule": {"timezone": "UTC", "overrides": {"2026-02-30": []}}},
        "schedule.overrides.2026-02-30",
    ),
    (
        {"schedule": {"timezone": "UTC", "overrides": {"2026-03-01": [["09:00", "noon"]]}}},
        "schedule.overrides.2026-03-01.0",
    ),
    ({"general_link": "yes"}, "general_link"),
    ({"enabled": 1}, "enabled"),
    ({"form": [{"id": "email", "label": "Another"}]}, "form.0.id"),
    ({"form": [{"id": "Size", "label": "Size"}]}, "form.0.id"),
    ({"form": [{"id": "1st", "label": "First"}]}, "form.0.id"),
    ({"form": [{"id": "q" * 41, "label": "Long"}]}, "form.0.id"),
    ({"form": [{"id": "size", "label": ""}]}, "form.0.label"),
    ({"form": [{"id": "size", "label": "Size", "kind": "select"}]}, "form.0.options"),
    ({"form": [{"id": "size", "label": "Size", "options": ["S"]}]}, "form.0.options"),
    ({"form": [{"id": "size", "label": "Size"}, {"id": "size", "label": "Size"}]}, "form.1.id"),
    ({"form": [{"id": "size", "label": "Size", "kind": "number"}]}, "form.0.kind"),
    ({"form": [{"id": f"q{n}", "label": "Q"} for n in range(31)]}, "form"),
    ({"locale": "english please"}, "locale"),
    ({"locale": "de-AT"}, "locale"),
    ({"locale": "nl"}, "locale"),
    ({"locale": ""}, "locale"),
    ({"theme": "neon"}, "theme"),
    ({"owner": "nobody"}, "owner"),
    ({"enable": False}, "enable"),
    ({"url": "http://example.test"}, "url"),
]


@pytest.mark.parametrize(("changes", "field"), INVALID, ids=[str(changes)[:60] for changes, _ in INVALID])
async def test_what_is_not_valid_is_refused_where_it_stands(
    admin: Api, changes: dict[str, Any], field: str
) -> None:
    refused(await admin.post("/booking-pages", page_body(**changes)), 422, "invalid", field)
    assert (await admin.get("/booking-pages")).items == []


async def test_an_event_type_stands_once(admin: Api) -> None:
    event_type = await admin.new_event_type()
    body = page_body(event_type, event_type)
    refused(await admin.post("/booking-pages", body), 422, "invalid", "event_types")


async def test_event_types_of_another_workspace_are_none(admin: Api, stranger: Api) -> None:
    theirs = await stranger.new_event_type()
    refused(await admin.post("/booking-pages", page_body(theirs)), 422, "invalid", "event_types.0")


@pytest.mark.parametrize("slug", ["abc", "x" * 60, "7g2k9qxw3m-5r8t1v4z6", "a--b", "-a-", "000"])
async def test_slugs_of_letters_digits_and_hyphens_are_taken(admin: Api, slug: str) -> None:
    assert (await admin.new_page(slug=slug))["url"] == f"{PUBLIC}/{slug}"


async def test_a_slug_is_unique_on_the_whole_deployment(admin: Api, stranger: Api) -> None:
    await admin.new_page(slug="hanna")
    for one in (admin, stranger):
        refused(await one.post("/booking-pages", page_body(slug="hanna")), 409, "slug-in-use")
    theirs = await stranger.new_page()
    refused(await stranger.patch(f"/booking-pages/{theirs['id']}", {"slug": "hanna"}), 409, "slug-in-use")


async def test_of_simultaneous_claims_on_a_slug_one_wins(admin: Api, stranger: Api) -> None:
    tries = [one.post("/booking-pages", page_body(slug="hanna")) for one in (admin, stranger) * 10]
    replies = await asyncio.gather(*tries)
    assert sorted(reply.status for reply in replies) == [201] + [409] * 19
    pages = (await admin.get("/booking-pages")).items + (await stranger.get("/booking-pages")).items
    assert [page["slug"] for page in pages] == ["hanna"]


async def test_a_slug_is_free_again_after_a_change_or_a_deletion(
    admin: Api, stranger: Api, customer: Api
) -> None:
    event_type = await admin.new_event_type()
    page = await admin.new_page(event_type, slug="hanna")
    answered(await admin.patch(f"/booking-pages/{page['id']}", {"slug": "hanna-host"}))
    refused(await customer.get("/book/hanna"), 404, "link-not-found")
    answered(await customer.get("/book/hanna-host"))

    theirs = await stranger.new_page(await stranger.new_event_type(), slug="hanna", title="Talk to Sue")
    assert answered(await customer.get("/book/hanna"))["title"] == "Talk to Sue"
    assert (await stranger.delete(f"/booking-pages/{theirs['id']}")).status == 204
    refused(await customer.get("/book/hanna"), 404, "link-not-found")
    answered(await admin.patch(f"/booking-pages/{page['id']}", {"slug": "hanna"}))
    answered(await customer.get("/book/hanna"))


async def test_a_patch_changes_what_it_names(admin: Api) -> None:
    page = await admin.new_page(await admin.new_event_type(), description="Before")
    patch = {
        "title": "After",
        "description": None,
        "schedule": {
            "timezone": "Asia/Kathmandu",
            "weekly": {"mon": None, "sat": [["10:00", "11:00"]]},
            "overrides": {"2026-12-25": []},
        },
        "theme": "light",
        "form": [{"id": "company", "label": "Company"}],
    }
    changed = answered(await admin.patch(f"/booking-pages/{page['id']}", patch))
    weekly = page["schedule"]["weekly"] | {"mon": [], "sat": [["10:00", "11:00"]]}
    assert changed == page | {
        "title": "After",
        "description": "",
        "schedule": {"timezone": "Asia/Kathmandu", "weekly": weekly, "overrides": {"2026-12-25": []}},
        "theme": "light",
        "form": [{"id": "company", "label": "Company", "kind": "text", "required": False, "options": []}],
    }
    patch = {"schedule": {"overrides": {"2026-12-25": None, "2027-01-01": None}}}
    again = answered(await admin.patch(f"/booking-pages/{page['id']}", patch))
    assert again["schedule"]["overrides"] == {}


async def test_a_change_counts_for_the_next_customer(admin: Api, customer: Api) -> None:
    page = await admin.new_page(await admin.new_event_type())
    link = await admin.new_link(page)
    assert (await customer.starts(link["code"], *THURSDAY))[0] == "2026-11-19T08:00:00Z"
    patch = {"schedule": {"timezone": "Europe/London", "weekly": {"thu": [["10:00", "11:00"]]}}}
    answered(await admin.patch(f"/booking-pages/{page['id']}", patch))
    assert await customer.starts(link["code"], *THURSDAY) == ["2026-11-19T10:00:00Z", "2026-11-19T10:30:00Z"]
    refused(await customer.book(link["code"], "2026-11-19T08:00:00Z"), 422, "slot-not-offered")


@pytest.mark.parametrize(
    ("patch", "field"),
    [
        ({"title": None}, "title"),
        ({"slug": "A"}, "slug"),
        ({"titel": "x"}, "titel"),
        ({"titel": None}, "titel"),
    ],
)
async def test_a_patch_that_is_not_valid_changes_nothing(
    admin: Api, patch: dict[str, Any], field: str
) -> None:
    page = await admin.new_page()
    refused(await admin.patch(f"/booking-pages/{page['id']}", patch), 422, "invalid", field)
    assert answered(await admin.get(f"/booking-pages/{page['id']}")) == page


async def test_simultaneous_patches_are_all_there(admin: Api) -> None:
    page = await admin.new_page()
    patches = [{"title": "New title"}, {"description": "New text"}, {"theme": "dark"}]
    replies = await asyncio.gather(*(admin.patch(f"/booking-pages/{page['id']}", patch) for patch in patches))
    assert [reply.status for reply in replies] == [200] * 3
    after = answered(await admin.get(f"/booking-pages/{page['id']}"))
    assert after == page | {"title": "New title", "description": "New text", "theme": "dark"}


async def test_a_page_can_be_changed_though_an_event_type_of_it_is_gone(admin: Api) -> None:
    gone, kept = await admin.new_event_type(), await admin.new_event_type()
    page = await admin.new_page(gone, kept)
    await admin.delete(f"/event-types/{gone['id']}")
    assert answered(await admin.patch(f"/booking-pages/{page['id']}", {"title": "After"}))["title"] == "After"
    patch = {"event_types": [kept["id"], gone["id"], "missing"]}
    refused(await admin.patch(f"/booking-pages/{page['id']}", patch), 422, "invalid", "event_types.2")


@pytest.mark.parametrize("method", ["GET", "PATCH", "DELETE"])
@pytest.mark.parametrize("wrong", ["missing", "0" * 16, "a:b", "%00"])
async def test_one_that_is_not_there_is_not_found(admin: Api, method: str, wrong: str) -> None:
    data = b"{}" if method == "PATCH" else None
    refused(await admin.call(method, f"/booking-pages/{wrong}", data=data), 404, "not-found")


async def test_a_deleted_page_is_gone_and_its_bookings_stay(admin: Api, customer: Api) -> None:
    page = await admin.new_page(await admin.new_event_type(), slug="hanna")
    link, other = await admin.new_link(page), await admin.new_link(page)
    booking = await customer.booked(link["code"], "2026-11-19T08:00:00Z")
    refused(await admin.delete(f"/booking-pages/{page['id']}"), 409, "would-break-links")
    assert (await admin.delete(f"/booking-pages/{page['id']}", confirm=1)).status == 204

    refused(await admin.get(f"/booking-pages/{page['id']}"), 404, "not-found")
    refused(await admin.delete(f"/booking-pages/{page['id']}"), 404, "not-found")
    assert (await admin.get("/booking-pages")).items == []
    refused(await customer.get("/book/hanna"), 404, "link-not-found")
    refused(await customer.get(f"/book/{other['code']}"), 410, "link-unavailable")
    refused(await customer.get(f"/book/{link['code']}"), 410, "link-booked")
    assert answered(await admin.get(f"/bookings/{booking['id']}"))["status"] == "scheduled"


async def test_the_owner_is_the_caller_or_whom_an_administrator_names(admin: Api, member: Api) -> None:
    assert (await member.new_page())["owner"] == member.user
    assert (await member.new_page(owner=member.user))["owner"] == member.user
    page = await admin.new_page(owner=member.user)
    assert page["owner"] == member.user
    assert (
        answered(await admin.patch(f"/booking-pages/{page['id']}", {"title": "New"}))["owner"] == member.user
    )
    patch = {"owner": admin.user}
    assert answered(await admin.patch(f"/booking-pages/{page['id']}", patch))["owner"] == admin.user


@pytest.mark.parametrize(
    ("wrong", "rule"),
    [
        ("Size", "Use at most 40 lower-case letters, digits and underscores, with a letter first."),
        ("1st", "Use at most 40 lower-case letters, digits and underscores, with a letter first."),
        ("q" * 41, "Use at most 40 lower-case letters, digits and underscores, with a letter first."),
        ("email", "Every booking has a field of this name. Choose another id."),
        ("event_type", "Every booking has a field of this name. Choose another id."),
    ],
)
async def test_a_wrong_id_of_a_question_names_the_rule_that_it_breaks(
    admin: Api, wrong: str, rule: str
) -> None:
    reply = await admin.post("/booking-pages", page_body(form=[{"id": wrong, "label": "Question"}]))
    refused(reply, 422, "invalid", "form.0.id")
    assert reply.body["errors"][0]["message"] == rule
