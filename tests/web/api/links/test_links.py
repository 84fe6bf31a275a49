"""`/api/v1/links`: making and changing one-time links; their states and lists are elsewhere."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from tests.support.api.calling import CARLA, answered, created, refused

if TYPE_CHECKING:
    from tests.support.api.calling import Api
    from tests.support.api.deployment import Clock, Deployment

PUBLIC = "http://127.0.0.1:8080"


@pytest.fixture
async def page(admin: Api) -> Any:
    """A page with one event type."""
    return await admin.new_page(await admin.new_event_type(), title="Talk to <Hanna>")


async def test_a_new_link_answers_all_that_a_message_needs(admin: Api, page: Any) -> None:
    made = created(await admin.post("/links", {"page": page["id"]}))
    assert re.fullmatch("[0-9A-HJKMNP-TV-Z]{20}", made["code"])
    url = f"{PUBLIC}/.{made['code']}"
    assert made == {
        "id": made["id"],
        "code": made["code"],
        "url": url,
        "status": "active",
        "page": page["id"],
        "event_type": None,
        "person": None,
        "skip_form": False,
        "on_cancel": "keep",
        "note": "",
        "channel": "api",
        "created_by": admin.user,
        "created_at": "2026-11-18T11:06:40Z",
        "expires_at": "2027-02-16T11:06:40Z",
        "revoked_at": None,
        "opened_at": None,
        "fetched_at": None,
        "bookings": [],
        "html": f'<a href="{url}">Talk to &lt;Hanna&gt;</a>',
        "text": url,
    }
    timeline = [{"type": "link.created", "at": "2026-11-18T11:06:40Z", "by": admin.user}]
    assert answered(await admin.get(f"/links/{made['id']}")) == made | {"timeline": timeline}


async def test_everything_that_is_written_comes_back(admin: Api, page: Any) -> None:
    wanted = {
        "event_type": page["event_types"][0],
        "person": {"name": "Carla Customer", "email": "carla@customer.test"},
        "skip_form": False,
        "on_cancel": "reactivate",
        "note": "From the fair\nin May",
        "channel": "extension",
    }
    made = await admin.new_link(page, **wanted)
    assert {name: made[name] for name in wanted} == wanted


async def test_a_person_skips_the_form_unless_told_otherwise(admin: Api, page: Any) -> None:
    assert (await admin.new_link(page, person=CARLA))["skip_form"] is True
    assert (await admin.new_link(page, person=CARLA, skip_form=False))["skip_form"] is False
    assert (await admin.new_link(page, skip_form=True))["skip_form"] is False


async def test_an_address_is_kept_in_its_normal_form(admin: Api, page: Any) -> None:
    made = await admin.new_link(page, person={"name": " Carla ", "email": "Carla@CUSTOMER.test"})
    assert made["person"] == {"name": "Carla", "email": "Carla@customer.test"}


@pytest.mark.parametrize(
    ("days", "expires"),
    [(1, "2026-11-19T11:06:40Z"), (365, "2027-11-18T11:06:40Z"), (None, None)],
)
async def test_a_link_may_set_its_own_expiry(admin: Api, page: Any, days: int | None, expires: str) -> None:
    assert (await admin.new_link(page, expires_in_days=days))["expires_at"] == expires


@pytest.mark.parametrize(("days", "expires"), [(7, "2026-11-25T11:06:40Z"), (None, None)])
async def test_the_workspace_sets_the_expiry_of_the_others(
    deployment: Deployment, admin: Api, page: Any, days: int | None, expires: str | None
) -> None:
    await deployment.change_settings(link_expiry_days=days)
    assert (await admin.new_link(page))["expires_at"] == expires
    assert (await admin.new_link(page, expires_in_days=1))["expires_at"] == "2026-11-19T11:06:40Z"


async def test_the_workspace_sets_what_cancelling_does(deployment: Deployment, admin: Api, page: Any) -> None:
    await deployment.change_settings(on_cancel="reactivate")
    assert (await admin.new_link(page))["on_cancel"] == "reactivate"
    assert (await admin.new_link(page, on_cancel="keep"))["on_cancel"] == "keep"


INVALID: list[tuple[dict[str, Any], str]] = [
    ({"page": None}, "page"),
    ({"page": "missing"}, "page"),
    ({"page": 7}, "page"),
    ({"event_type": "missing"}, "event_type"),
    ({"person": "Carla"}, "person"),
    ({"person": {"name": "Carla"}}, "person.email"),
    ({"person": {"email": "carla@customer.test"}}, "person.name"),
    ({"person": {"name": "", "email": "carla@customer.test"}}, "person.name"),
    ({"person": {"name": "Carla", "email": "carla"}}, "person.email"),
    ({"person": {"name": "Carla", "email": "carla@localhost"}}, "person.email"),
    ({"person": {"name": "Carla", "email": "a@b.test, c@d.test"}}, "person.email"),
    ({"person": {"name": "Carla", "email": "a@b.test", "phone": "1"}}, "person.phone"),
    ({"expires_in_days": 0}, "expires_in_days"),
    ({"expires_in_days": 366}, "expires_in_days"),
    ({"expires_in_days": 1.5}, "expires_in_days"),
    ({"on_cancel": "delete"}, "on_cancel"),
    ({"note": "x" * 1001}, "note"),
    ({"note": "bell \a"}, "note"),
    ({"channel": "pigeon"}, "channel"),
    ({"skip_form": "yes"}, "skip_form"),
    ({"expires": 5}, "expires"),
]


@pytest.mark.parametrize(("changes", "field"), INVALID, ids=[str(changes)[:60] for changes, _ in INVALID])
async def test_what_is_not_valid_is_refused_where_it_stands(
    admin: Api, page: Any, changes: dict[str, Any], field: str
) -> None:
    body = {name: value for name, value in ({"page": page["id"]} | changes).items() if value is not None}
    refused(await admin.post("/links", body), 422, "invalid", field)
    assert (await admin.get("/links")).items == []


async def test_a_page_of_another_workspace_is_none(admin: Api, stranger: Api, page: Any) -> None:
    assert admin.key
    refused(await stranger.post("/links", {"page": page["id"]}), 422, "invalid", "page")


async def test_a_page_that_was_deleted_is_none(admin: Api, page: Any) -> None:
    await admin.delete(f"/booking-pages/{page['id']}")
    refused(await admin.post("/links", {"page": page["id"]}), 422, "invalid", "page")


async def test_an_event_type_that_was_deleted_is_none(admin: Api) -> None:
    gone, kept = await admin.new_event_type(), await admin.new_event_type()
    page = await admin.new_page(gone, kept)
    await admin.delete(f"/event-types/{gone['id']}")
    body = {"page": page["id"], "event_type": gone["id"]}
    refused(await admin.post("/links", body), 422, "invalid", "event_type")


async def test_a_page_without_event_types_has_no_links(admin: Api) -> None:
    page = await admin.new_page()
    refused(await admin.post("/links", {"page": page["id"]}), 409, "one-time-not-offered")


@pytest.mark.parametrize("wrong", ["missing", "0" * 26, "{code}", "{id}:history", "%00", "x" * 2000])
@pytest.mark.parametrize("call", ["GET", "PATCH", "revoke", "reactivate"])
async def test_one_that_is_not_there_is_not_found(admin: Api, page: Any, call: str, wrong: str) -> None:
    link = await admin.new_link(page)
    answered(await admin.post(f"/links/{link['id']}/revoke"))
    path = f"/links/{wrong.format(**link)}"
    if call in {"revoke", "reactivate"}:
        refused(await admin.post(f"{path}/{call}"), 404, "not-found")
    else:
        refused(await admin.call(call, path, data=b"{}" if call == "PATCH" else None), 404, "not-found")


async def test_a_patch_changes_expiry_note_and_what_cancelling_does(
    admin: Api, page: Any, clock: Clock
) -> None:
    link = await admin.new_link(page, note="Before")
    clock.forward(days=1)
    patch = {"expires_in_days": 1, "note": "After", "on_cancel": "reactivate"}
    changed = answered(await admin.patch(f"/links/{link['id']}", patch))
    after = {"expires_at": "2026-11-20T11:06:40Z", "note": "After", "on_cancel": "reactivate"}
    assert changed == link | after
    changed = answered(await admin.patch(f"/links/{link['id']}", {"expires_in_days": None, "note": None}))
    assert changed == link | {"expires_at": None, "note": "", "on_cancel": "reactivate"}
    assert answered(await admin.patch(f"/links/{link['id']}", {})) == changed
    timeline = answered(await admin.get(f"/links/{link['id']}"))["timeline"]
    assert [entry["type"] for entry in timeline] == ["link.created", "link.updated", "link.updated"]


async def test_without_its_own_a_link_has_the_workspace_s_way_of_cancelling(
    deployment: Deployment, admin: Api, page: Any
) -> None:
    link = await admin.new_link(page, on_cancel="keep")
    await deployment.change_settings(on_cancel="reactivate")
    changed = answered(await admin.patch(f"/links/{link['id']}", {"on_cancel": None}))
    assert changed == link | {"on_cancel": "reactivate"}


@pytest.mark.parametrize("call", ["revoke", "reactivate"])
async def test_a_call_without_fields_refuses_any(admin: Api, page: Any, call: str) -> None:
    link = await admin.new_link(page)
    path = f"/links/{link['id']}/{call}"
    refused(await admin.post(path, {"reason": "x"}), 422, "invalid", "reason")
    plain = await admin.call("POST", path, data=b"x=1", content_type="text/plain")
    refused(plain, 415, "unsupported-media-type")
    for data in (None, b"{}"):
        answered(await admin.call("POST", path, data=data))


@pytest.mark.parametrize(
    ("patch", "field"),
    [
        ({"expires_in_days": 0}, "expires_in_days"),
        ({"expires_in_days": 366}, "expires_in_days"),
        ({"note": 7}, "note"),
        ({"note": "x" * 1001}, "note"),
        ({"on_cancel": "delete"}, "on_cancel"),
        ({"page": "another"}, "page"),
        ({"person": None}, "person"),
        ({"status": "active"}, "status"),
    ],
    ids=str,
)
async def test_a_patch_that_is_not_valid_changes_nothing(
    admin: Api, page: Any, patch: dict[str, Any], field: str
) -> None:
    link = await admin.new_link(page)
    refused(await admin.patch(f"/links/{link['id']}", patch), 422, "invalid", field)
    found = answered(await admin.get(f"/links/{link['id']}"))
    assert {name: found[name] for name in link} == link
    assert len(found["timeline"]) == 1
