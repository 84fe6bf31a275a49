"""`/api/v1/event-types`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from admitone.usecases.pages.event_types import EventTypeView
from tests.support.api.calling import answered, created, event_type_body, refused

if TYPE_CHECKING:
    from tests.support.api.calling import Api

EVERYTHING: dict[str, Any] = {
    "name": "Consultation",
    "duration_minutes": 90,
    "description": "Bring your questions.\nAll of them.",
    "location": {"kind": "link", "detail": "https://meet.example/room"},
    "increment_minutes": 15,
    "buffer_before_minutes": 10,
    "buffer_after_minutes": 20,
    "min_notice_minutes": 0,
    "window": {"kind": "dates", "from": "2026-12-01", "to": "2026-12-24"},
    "max_per_day": 3,
    "max_per_week": 9,
    "max_shown_per_day": 4,
    "policy": {
        "cancel": {"allow": "until", "minutes": 60},
        "reschedule": {"allow": "never", "minutes": None},
        "reason": "required",
        "max_reschedules": 2,
        "text": "Please tell us a day before.",
    },
    "reminders": [1440, 60],
    "max_guests": 3,
}


async def test_a_new_one_answers_the_request_with_defaults(admin: Api) -> None:
    made = created(await admin.post("/event-types", {"name": "Intro", "duration_minutes": 45}))
    assert made == {
        "name": "Intro",
        "duration_minutes": 45,
        "description": "",
        "location": {"kind": "google_meet", "detail": ""},
        "increment_minutes": 45,
        "buffer_before_minutes": 0,
        "buffer_after_minutes": 0,
        "min_notice_minutes": 60,
        "window": {"kind": "rolling_days", "days": 60},
        "max_per_day": None,
        "max_per_week": None,
        "max_shown_per_day": None,
        "policy": {
            "cancel": {"allow": "anytime", "minutes": None},
            "reschedule": {"allow": "anytime", "minutes": None},
            "reason": "optional",
            "max_reschedules": 5,
            "text": "",
        },
        "reminders": None,
        "max_guests": 0,
        "id": made["id"],
        "url": f"http://127.0.0.1:8080/api/v1/event-types/{made['id']}",
        "created_at": "2026-11-18T11:06:40Z",
    }
    assert answered(await admin.get(f"/event-types/{made['id']}")) == made


@pytest.mark.parametrize(
    ("policy", "most"),
    [({}, 5), ({"reason": "off"}, 5), ({"max_reschedules": 7}, 7), ({"max_reschedules": None}, None)],
)
async def test_only_a_new_one_limits_reschedules_unless_told_otherwise(
    admin: Api, policy: dict[str, Any], most: int | None
) -> None:
    made = await admin.new_event_type(policy=policy)
    assert made["policy"]["max_reschedules"] == most
    at = f"/event-types/{made['id']}"
    changed = answered(await admin.patch(at, {"policy": {"text": "See you."}}))
    assert changed["policy"]["max_reschedules"] == most
    unlimited = answered(await admin.patch(at, {"policy": {"max_reschedules": None}}))
    assert unlimited["policy"]["max_reschedules"] is None


async def test_everything_that_is_written_comes_back(admin: Api) -> None:
    made = created(await admin.post("/event-types", EVERYTHING))
    assert {name: made[name] for name in EVERYTHING} == EVERYTHING
    assert answered(await admin.get(f"/event-types/{made['id']}")) == made


async def test_the_list_is_oldest_first_and_comes_in_pages(admin: Api) -> None:
    made = [(await admin.new_event_type(name=f"No. {number}"))["id"] for number in range(5)]
    first = await admin.get("/event-types", limit=2)
    assert first.ids == made[:2]
    second = await admin.get("/event-types", limit=2, cursor=first.body["next_cursor"])
    third = await admin.get("/event-types", limit=2, cursor=second.body["next_cursor"])
    assert second.ids + third.ids == made[2:]
    assert third.body["next_cursor"] is None
    assert (await admin.get("/event-types")).body == {
        "items": [answered(await admin.get(f"/event-types/{one}")) for one in made],
        "next_cursor": None,
    }


async def test_a_page_continues_where_the_last_ended_though_its_last_is_gone(admin: Api) -> None:
    made = [(await admin.new_event_type())["id"] for _ in range(3)]
    first = await admin.get("/event-types", limit=2)
    await admin.delete(f"/event-types/{made[1]}")
    assert (await admin.get("/event-types", cursor=first.body["next_cursor"])).ids == made[2:]


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"limit": 0}, "limit"),
        ({"limit": 201}, "limit"),
        ({"limit": "many"}, "limit"),
        ({"cursor": "here"}, "cursor"),
        ({"cursor": "é"}, "cursor"),
        ({"cursor": "bnVsbA"}, "cursor"),
        ({"offset": 1}, "offset"),
    ],
)
async def test_a_list_refuses_what_it_does_not_know(admin: Api, query: dict[str, Any], field: str) -> None:
    refused(await admin.get("/event-types", **query), 422, "invalid", field)


@pytest.mark.parametrize("method", ["GET", "PATCH", "DELETE"])
@pytest.mark.parametrize("wrong", ["missing", "0" * 26, "a:b", "%00", "%ED%A0%80", "x" * 2000])
async def test_one_that_is_not_there_is_not_found(admin: Api, method: str, wrong: str) -> None:
    data = b"{}" if method == "PATCH" else None
    refused(await admin.call(method, f"/event-types/{wrong}", data=data), 404, "not-found")


async def test_a_patch_changes_what_it_names(admin: Api) -> None:
    made = await admin.new_event_type(**EVERYTHING)
    patch = {
        "name": "Longer",
        "increment_minutes": None,
        "window": None,
        "max_per_day": None,
        "min_notice_minutes": None,
        "location": {"detail": None},
        "policy": {"cancel": {"allow": "anytime", "minutes": None}, "max_reschedules": 3},
    }
    changed = answered(await admin.patch(f"/event-types/{made['id']}", patch))
    assert changed == made | {
        "name": "Longer",
        "increment_minutes": 90,
        "window": None,
        "max_per_day": None,
        "min_notice_minutes": 60,
        "location": {"kind": "link", "detail": ""},
        "policy": made["policy"] | {"cancel": {"allow": "anytime", "minutes": None}, "max_reschedules": 3},
    }
    assert answered(await admin.get(f"/event-types/{made['id']}")) == changed


async def test_an_increment_that_follows_the_duration_goes_on_following_it(admin: Api) -> None:
    made = await admin.new_event_type(duration_minutes=30)
    changed = answered(await admin.patch(f"/event-types/{made['id']}", {"duration_minutes": 60}))
    assert changed["increment_minutes"] == 60


@pytest.mark.parametrize(
    "window",
    [
        {"kind": "dates", "from": "2026-12-01", "to": "2026-12-01"},
        {"kind": "rolling_days", "days": 0},
        {"days": 90},
        {"kind": "rolling_days", "days": 7},
    ],
)
async def test_a_patch_may_name_another_kind_of_window(admin: Api, window: dict[str, Any]) -> None:
    made = await admin.new_event_type()
    changed = answered(await admin.patch(f"/event-types/{made['id']}", {"window": window}))
    assert changed["window"] == {"kind": "rolling_days"} | window
    back = answered(
        await admin.patch(f"/event-types/{made['id']}", {"window": {"kind": "rolling_days", "days": 60}})
    )
    assert back == made


async def test_an_empty_patch_changes_nothing(admin: Api) -> None:
    made = await admin.new_event_type()
    assert answered(await admin.patch(f"/event-types/{made['id']}", {})) == made


@pytest.mark.parametrize(
    ("patch", "field"),
    [
        ({"window": {"kind": []}}, "window.kind"),
        ({"window": {"kind": "weeks"}}, "window.kind"),
        ({"window": []}, "window"),
        ({"window": {"kind": "dates", "from": "2026-12-01"}}, "window.to"),
        ({"name": None}, "name"),
        ({"duration_minutes": None}, "duration_minutes"),
        ({"nmae": "x"}, "nmae"),
        ({"nmae": None}, "nmae"),
        ({"id": "mine"}, "id"),
        ({"policy": {"cancel": {"allow": "until"}}}, "policy.cancel.minutes"),
        ({"reminders": [4]}, "reminders.0"),
        ({"reminders": [60, 60]}, "reminders"),
        ({"reminders": [5, 6, 7, 8]}, "reminders"),
    ],
    ids=str,
)
async def test_a_patch_that_is_not_valid_changes_nothing(
    admin: Api, patch: dict[str, Any], field: str
) -> None:
    made = await admin.new_event_type()
    refused(await admin.patch(f"/event-types/{made['id']}", patch), 422, "invalid", field)
    assert answered(await admin.get(f"/event-types/{made['id']}")) == made


@pytest.mark.parametrize("patch", [[], None, "name", 1])
async def test_a_patch_is_an_object(admin: Api, patch: object) -> None:
    made = await admin.new_event_type()
    reply = await admin.call(
        "PATCH", f"/event-types/{made['id']}", patch, data=b"null" if patch is None else None
    )
    refused(reply, 422, "invalid", "")


INVALID: list[tuple[dict[str, Any], str]] = [
    ({"name": None}, "name"),
    ({"name": ""}, "name"),
    ({"name": " \t"}, "name"),
    ({"name": "x" * 201}, "name"),
    ({"name": "two\nlines"}, "name"),
    ({"name": 7}, "name"),
    ({"duration_minutes": None}, "duration_minutes"),
    ({"duration_minutes": 0}, "duration_minutes"),
    ({"duration_minutes": 1441}, "duration_minutes"),
    ({"duration_minutes": 30.5}, "duration_minutes"),
    ({"duration_minutes": "30"}, "duration_minutes"),
    ({"duration_minutes": True}, "duration_minutes"),
    ({"description": "x" * 5001}, "description"),
    ({"location": "phone"}, "location"),
    ({"location": {"kind": "pigeon"}}, "location.kind"),
    ({"location": {"kind": "phone", "number": "1"}}, "location.number"),
    ({"increment_minutes": 4}, "increment_minutes"),
    ({"increment_minutes": 121}, "increment_minutes"),
    ({"buffer_before_minutes": -1}, "buffer_before_minutes"),
    ({"buffer_after_minutes": 1441}, "buffer_after_minutes"),
    ({"min_notice_minutes": -1}, "min_notice_minutes"),
    ({"window": {"kind": "weeks", "weeks": 2}}, "window.kind"),
    ({"window": {"days": 2}}, "window.kind"),
    ({"window": {"kind": "rolling_days"}}, "window.days"),
    ({"window": {"kind": "rolling_days", "days": -1}}, "window.days"),
    ({"window": {"kind": "dates", "from": "2026-12-02", "to": "2026-12-01"}}, "window.to"),
    ({"window": {"kind": "dates", "from": "2026-13-02", "to": "2026-12-01"}}, "window.from"),
    ({"window": {"kind": "dates", "from": "2026-12-02", "to": "2026-12-03", "days": 1}}, "window.days"),
    ({"max_per_day": 0}, "max_per_day"),
    ({"max_per_week": 0}, "max_per_week"),
    ({"max_shown_per_day": 0}, "max_shown_per_day"),
    ({"policy": {"cancel": {"allow": "sometimes"}}}, "policy.cancel.allow"),
    ({"policy": {"cancel": {"allow": "until"}}}, "policy.cancel.minutes"),
    ({"policy": {"reschedule": {"allow": "until", "minutes": 14}}}, "policy.reschedule.minutes"),
    ({"policy": {"reschedule": {"allow": "until", "minutes": 20161}}}, "policy.reschedule.minutes"),
    ({"policy": {"cancel": {"allow": "never", "minutes": 60}}}, "policy.cancel.minutes"),
    ({"policy": {"reason": "maybe"}}, "policy.reason"),
    ({"policy": {"reasons": "off"}}, "policy.reasons"),
    ({"policy": {"max_reschedules": -1}}, "policy.max_reschedules"),
    ({"duration": 30}, "duration"),
    ({"id": "mine"}, "id"),
]


@pytest.mark.parametrize(("changes", "field"), INVALID, ids=[str(changes) for changes, _ in INVALID])
async def test_what_is_not_valid_is_refused_where_it_stands(
    admin: Api, changes: dict[str, Any], field: str
) -> None:
    refused(await admin.post("/event-types", event_type_body(**changes)), 422, "invalid", field)
    assert (await admin.get("/event-types")).items == []


async def test_every_place_that_is_wrong_is_named(admin: Api) -> None:
    body = event_type_body(name="", policy={"cancel": {"allow": "until"}})
    refused(await admin.post("/event-types", body), 422, "invalid", "name", "policy.cancel.minutes")


@pytest.mark.parametrize(
    "data", [b"", b"{", b'{"name": "\xff"}', b"[]", b'{"name": NaN}', b'{"name": "\\ud800"}']
)
async def test_a_body_that_is_no_object_is_not_valid(admin: Api, data: bytes) -> None:
    refused(await admin.call("POST", "/event-types", data=data), 422, "invalid", "")


@pytest.mark.parametrize(
    "content_type",
    ["text/plain", "application/x-www-form-urlencoded", "application/json; charset=latin-1", "text/json"],
)
async def test_a_body_is_json_by_its_content_type(admin: Api, content_type: str) -> None:
    reply = await admin.call("POST", "/event-types", event_type_body(), content_type=content_type)
    refused(reply, 415, "unsupported-media-type")


async def test_a_deleted_one_is_gone(admin: Api) -> None:
    made = await admin.new_event_type()
    reply = await admin.delete(f"/event-types/{made['id']}")
    assert (reply.status, reply.text) == (204, "")
    refused(await admin.get(f"/event-types/{made['id']}"), 404, "not-found")
    refused(await admin.delete(f"/event-types/{made['id']}"), 404, "not-found")
    refused(await admin.patch(f"/event-types/{made['id']}", {}), 404, "not-found")
    assert (await admin.get("/event-types")).items == []


async def test_the_shortest_and_the_longest_one_are_as_described(admin: Api) -> None:
    view = msgspec.inspect.type_info(EventTypeView)
    assert isinstance(view, msgspec.inspect.StructType)
    [step] = [field.type for field in view.fields if field.name == "increment_minutes"]
    assert isinstance(step, msgspec.inspect.IntType)
    for minutes in (1, 1440):
        made = created(await admin.post("/event-types", {"name": "A", "duration_minutes": minutes}))
        assert made["increment_minutes"] == minutes
        assert (step.ge, step.le) == (1, 1440)
