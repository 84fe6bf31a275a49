"""`POST /hooks/TOKEN`: what other programs send becomes a contact who enters, or is listed with a reason."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import aiohttp
import pytest

from admitone.domain.budgets import HOOK_EVENTS
from tests.support.api.calling import Api, answered, created, refused
from tests.support.factories import WORKSPACE
from tests.support.personal_data.marked import work
from tests.support.workflows.hook import MAP, Hook, a_hook

if TYPE_CHECKING:
    from tests.support.api.deployment import Deployment

CARLA = {"mail": "Carla@Customer.test", "name": "Carla", "zone": "Europe/Paris"}
LEAD = {"customer": CARLA, "tags": ["Lead"], "org": "Acme"}
NOTHING = "The data have no email address at customer.mail."
TOO_LARGE = 64 * 1024 + 1


async def test_an_event_writes_its_contact_and_lets_it_enter(hook: Hook) -> None:
    assert (await hook.send(LEAD), hook.text) == (202, "")
    [contact] = await hook.contacts()
    assert [contact[name] for name in ("email", "first_name", "timezone", "tags", "fields")] == [
        "carla@customer.test",
        "Carla",
        "Europe/Paris",
        ["lead"],
        {"company": "Acme"},
    ]
    assert await hook.entering() == [contact["id"]]
    assert await hook.reasons() == []


async def test_a_run_starts_and_does_its_steps(hook: Hook) -> None:
    assert await hook.send(LEAD) == 202
    await work(hook.at)
    [contact] = await hook.contacts()
    assert contact["tags"] == ["lead", "welcome"]


async def test_a_known_address_is_merged_and_enters_again(hook: Hook) -> None:
    assert await hook.send(LEAD) == 202
    assert await hook.send({"customer": CARLA | {"name": "Carola"}, "tags": "Trial, lead"}) == 202
    [contact] = await hook.contacts()
    assert (contact["first_name"], contact["tags"], contact["fields"]) == (
        "Carola",
        ["lead", "trial"],
        {"company": "Acme"},
    )
    assert await hook.entering() == [contact["id"]] * 2


@pytest.mark.parametrize("is_multipart", [False, True])
async def test_a_form_is_as_good(deployment: Deployment, admin: Api, *, is_multipart: bool) -> None:
    hook = await a_hook(deployment, admin, map={"email": "your-email", "tags": "tags[]", "first_name": "n.a"})
    await hook.publish()
    form = aiohttp.FormData(default_to_multipart=is_multipart)
    for name, value in [
        ("your-email", "carla@customer.test"),
        ("tags[]", "a"),
        ("tags[]", "b"),
        ("n.a", "C"),
    ]:
        form.add_field(name, value)
    if is_multipart:
        form.add_field("cv", b"a file", filename="cv.pdf", content_type="application/pdf")
    assert await hook.send(data=form) == 202
    [contact] = await hook.contacts()
    assert (contact["email"], contact["tags"], contact["first_name"]) == (
        "carla@customer.test",
        ["a", "b"],
        "C",
    )


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ({}, NOTHING),
        ({"customer": {"mail": None}}, NOTHING),
        ({"customer": {"mail": ["a@b.test"]}}, NOTHING),
        ({"customer": {"mail": "carla"}}, "The value at customer.mail is not an email address."),
        (
            {"customer": {"mail": "a" * 400 + "@b.test"}},
            "The value at customer.mail is not an email address.",
        ),
    ],
)
async def test_without_an_address_nothing_starts_and_it_is_listed(hook: Hook, data: Any, reason: str) -> None:
    assert await hook.send(data) == 202
    assert await hook.reasons() == [reason]
    assert (await hook.contacts(), await hook.entering()) == ([], [])


async def test_a_draft_takes_a_sample_and_starts_nothing(draft: Hook) -> None:
    assert await draft.send(LEAD) == 202
    view = await draft.view()
    assert view["sample"]["at"] == "2026-11-18T11:06:40Z"
    assert {"place": "customer.mail", "value": "Carla@Customer.test"} in view["sample"]["places"]
    assert await draft.reasons() == ["No published version of the workflow starts by this hook."]
    assert (await draft.contacts(), await draft.entering()) == ([], [])
    await draft.publish()
    draft.at.clock.forward(minutes=1)
    assert await draft.send(LEAD | {"n": 1}) == 202
    assert len(await draft.entering()) == 1
    answered(await draft.admin.post(f"{draft.path}/unpublish"))
    assert await draft.send(LEAD | {"n": 2}) == 202
    assert len(await draft.entering()) == 1


async def test_details_that_no_contact_can_have_are_left_out(hook: Hook) -> None:
    odd = {"mail": "carla@customer.test", "name": "x" * 1000, "zone": "Mars/Base"}
    assert await hook.send({"customer": odd, "org": "y\n" * 5000, "tags": ["ok", "z" * 500]}) == 202
    [contact] = await hook.contacts()
    assert (contact["first_name"], contact["timezone"], contact["tags"]) == ("", None, ["ok"])
    assert len(contact["fields"]["company"]) == 499  # the blank at the end is no part of it
    assert len(await hook.entering()) == 1


async def test_the_last_twenty_misses_are_kept_and_name_nobody(hook: Hook) -> None:
    for number in range(25):
        assert await hook.send({"customer": {"mail": f"zebrafinch {number}"}}) == 202
    assert len(await hook.reasons()) == 20
    assert "zebrafinch" not in str((await hook.view())["misses"])
    key = hook.at.store.keys(WORKSPACE).hook_misses(hook.id)
    assert 0 < await hook.at.store.client.ttl(key) <= 30 * 86_400


async def test_the_sample_is_sealed_and_kept_for_a_day(hook: Hook) -> None:
    assert await hook.send(LEAD | {"long": "x" * 5000}) == 202
    key = hook.at.store.keys(WORKSPACE).hook_sample(hook.id)
    assert 86_000 < await hook.at.store.client.ttl(key) <= 86_400
    sealed = await hook.at.store.client.get(key)
    assert isinstance(sealed, bytes)
    assert b"arla" not in sealed
    sample = {one["place"]: one["value"] for one in (await hook.view())["sample"]["places"]}
    assert sample["long"] == "x" * 200
    await hook.at.store.client.delete(key)
    assert (await hook.view())["sample"] is None


@pytest.mark.parametrize("header", ["Idempotency-Key", "webhook-id"])
async def test_one_delivery_is_carried_out_once_by_its_id(hook: Hook, header: str) -> None:
    for data in (LEAD, LEAD, {"customer": {"mail": "otto@customer.test"}}):
        assert await hook.send(json=data, headers={header: "one"}) == 202
        hook.at.clock.forward(hours=1)
    assert len(await hook.entering()) == 1
    assert len(await hook.contacts()) == 1
    assert await hook.send(json=LEAD, headers={header: "two"}) == 202
    assert len(await hook.entering()) == 2
    key = hook.at.store.keys(WORKSPACE).hook_delivery(hook.id, "*")
    lives = [await hook.at.store.client.ttl(found) async for found in hook.at.store.client.scan_iter(key)]
    assert all(86_000 < life <= 86_400 for life in lives)
    assert len(lives) == 2


async def test_the_same_delivery_at_once_is_carried_out_once(hook: Hook) -> None:
    sent = [hook.send(json=LEAD, headers={"webhook-id": "one"}) for _ in range(8)]
    assert await asyncio.gather(*sent) == [202] * 8
    assert len(await hook.entering()) == len(await hook.contacts()) == 1


async def test_without_an_id_the_same_data_are_one_delivery_for_a_minute(hook: Hook) -> None:
    for _ in range(2):
        assert await hook.send(LEAD) == 202
    assert len(await hook.entering()) == 1
    key = hook.at.store.keys(WORKSPACE).hook_delivery(hook.id, "*")
    [delivery] = [found async for found in hook.at.store.client.scan_iter(key)]
    assert 0 < await hook.at.store.client.ttl(delivery) <= 60
    await hook.at.store.client.delete(delivery)
    assert await hook.send(LEAD) == 202
    assert len(await hook.entering()) == 2


async def test_a_new_address_stops_the_one_before(hook: Hook) -> None:
    before = hook.url
    view = answered(await hook.admin.post(f"{hook.path}/hook/rotate"))
    hook.url = view["url"].replace("http://127.0.0.1:8080", hook.at.url)
    assert hook.url != before
    assert await hook.send(LEAD) == 202
    hook.url = before
    assert await hook.send(LEAD) == 404
    assert len(await hook.entering()) == 1
    audit = (await hook.admin.get("/audit")).items
    assert (audit[0]["kind"], audit[0]["fields"]) == ("workflow", ["hook"])


async def test_a_deleted_workflow_has_no_hook(hook: Hook) -> None:
    assert await hook.send(LEAD) == 202
    assert (await hook.admin.delete(hook.path)).status == 204
    assert await hook.send(LEAD) == 404
    refused(await hook.admin.get(f"{hook.path}/hook"), 404, "not-found")
    assert not await hook.at.store.client.exists(hook.at.store.keys(WORKSPACE).hook_sample(hook.id))
    fields: list[Any] = await hook.at.store.client.hkeys(hook.at.store.keys(WORKSPACE).config)
    assert not [field for field in fields if field.startswith(b"hook:")]


async def test_the_hook_stays_with_its_workflow(hook: Hook) -> None:
    answered(await hook.admin.patch(hook.path, {"trigger": {"kind": "manual"}}))
    url = (await hook.view())["url"]
    answered(await hook.admin.patch(hook.path, {"trigger": {"kind": "hook", "map": MAP}}))
    assert (await hook.view())["url"] == url
    other = created(await hook.admin.post("/workflows", {"name": "By hand"}))
    for method in (hook.admin.get, hook.admin.post):
        rest = "" if method == hook.admin.get else "/rotate"
        refused(await method(f"/workflows/{other['id']}/hook{rest}"), 404, "not-found")


async def test_a_key_that_only_reads_does_not_get_the_address(hook: Hook) -> None:
    made = created(await hook.admin.new_key("Reader", scopes=["workflows:read"]))
    reader = Api(hook.at.http, hook.at.url, made["key"])
    assert answered(await reader.get(f"{hook.path}/hook"))["url"] is None


async def test_a_key_that_may_not_read_contacts_does_not_see_who_sent_a_form(hook: Hook) -> None:
    assert await hook.send(LEAD) == 202
    for scopes, is_seen in ((["workflows:write"], False), (["workflows:read", "contacts:read"], True)):
        made = created(await hook.admin.new_key("Reader", scopes=scopes))
        reader = Api(hook.at.http, hook.at.url, made["key"])
        seen = answered(await reader.get(f"{hook.path}/hook"))["sample"]
        assert (seen is not None) == is_seen


async def test_beyond_its_budget_it_waits(hook: Hook) -> None:
    minute, day = HOOK_EVENTS
    assert await hook.send(LEAD) == 202
    keys, now = hook.at.store.keys(WORKSPACE), hook.at.clock.now
    for rate, wait in ((minute, 20), (day, 46_400)):
        key = keys.hook_events(hook.id, rate.period, now // rate.period)
        assert await hook.at.store.client.get(key) == b"1"
        await hook.at.store.client.set(key, rate.most)
        assert await hook.send(LEAD | {"n": wait}) == 429
        assert hook.headers["Retry-After"] == str(wait)
        await hook.at.store.client.set(key, 1)
    assert await hook.send(LEAD) == 202  # what was carried out is not counted
    assert len(await hook.entering()) == 1


async def test_an_unknown_token_is_counted_as_a_guess(hook: Hook) -> None:
    right, hook.url = hook.url, hook.url[:-1] + ("0" if hook.url[-1] != "0" else "1")
    statuses = [await hook.send(LEAD) for _ in range(31)]
    assert (statuses[0], statuses[-1]) == (404, 429)
    hook.url = right
    assert await hook.send(LEAD) == 202


@pytest.mark.parametrize(
    ("options", "status", "code"),
    [
        ({"data": b"x", "headers": {"Content-Type": "text/plain"}}, 415, "unsupported-media-type"),
        ({"json": [LEAD]}, 422, "invalid"),
        ({"json": "text"}, 422, "invalid"),
        ({"data": b'{"a": NaN}', "headers": {"Content-Type": "application/json"}}, 422, "invalid"),
        ({"data": b'{"a": 1e999}', "headers": {"Content-Type": "application/json"}}, 422, "invalid"),
        ({"data": b'{"a": "\\ud800"}', "headers": {"Content-Type": "application/json"}}, 422, "invalid"),
        ({"data": b'{"a":' * 10_000, "headers": {"Content-Type": "application/json"}}, 422, "invalid"),
        ({"data": b"--y", "headers": {"Content-Type": "multipart/form-data; boundary=x"}}, 422, "invalid"),
        (
            {
                "data": b"--x\r\nno header\r\n\r\n\r\n--x--\r\n",
                "headers": {"Content-Type": "multipart/form-data; boundary=x"},
            },
            422,
            "invalid",
        ),
        ({"json": {"a": "x" * TOO_LARGE}}, 413, "body-too-large"),
        ({"data": {"a": "x" * TOO_LARGE}}, 413, "body-too-large"),
    ],
    ids=[
        "text",
        "list",
        "no object",
        "nan",
        "infinite",
        "surrogate",
        "endless",
        "no form",
        "no header",
        "json",
        "fields",
    ],
)
async def test_what_is_no_event_is_refused(hook: Hook, options: Any, status: int, code: str) -> None:
    assert await hook.send(**options) == status
    assert f"/problems/{code}" in hook.text
    assert (await hook.view())["sample"] is None


@pytest.mark.parametrize(
    "content",
    [
        b'{"customer": {"mail": "first@x.test"}, "customer": {"mail": "carla@customer.test"}}',
        b'{"__proto__": {"mail": "a"}, "customer": {"mail": "carla@customer.test"}}',
        b'{"heap": [' + b"0," * 20_000 + b'0], "customer": {"mail": " carla@customer.test\\u0000\\n"}}',
        b'{"deep": '
        + b'{"d": ' * 400
        + b"1"
        + b"}" * 400
        + b', "customer": {"mail": "carla@customer.test"}}',
        b'{"n": 123456789012345678901234567890, "customer": {"mail": "carla@customer.test"}}',
        b'{"\\u202e\\u0000": "\\u202e", "customer": {"mail": "carla@customer.test", "zone": "\\u0007"}}',
    ],
    ids=["twice", "prototype", "heap", "deep", "large number", "odd characters"],
)
async def test_hostile_data_are_read_within_bounds(hook: Hook, content: bytes) -> None:
    assert await hook.send(data=content, headers={"Content-Type": "application/json"}) == 202
    assert [contact["email"] for contact in await hook.contacts()] == ["carla@customer.test"]
    assert len((await hook.view())["sample"]["places"]) <= 1000


@pytest.mark.parametrize(("fields", "status"), [(900, 202), (20_000, 413)])
async def test_a_form_of_many_fields_is_bounded(hook: Hook, fields: int, status: int) -> None:
    content = "&".join("a" for _ in range(fields)) + "&customer.mail=carla%40customer.test"
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    assert await hook.send(data=content.encode(), headers=headers) == status
    assert len(await hook.entering()) == (status == 202)
