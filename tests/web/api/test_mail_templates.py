"""Mail templates: read, written by a merge patch, previewed, reset; by administrators only."""

from __future__ import annotations

import asyncio
import threading
from typing import TYPE_CHECKING

import pytest

from admitone.domain.mail.kinds import MAIL_KINDS
from tests.support.api.calling import answered, refused
from tests.support.patience import PATIENCE

if TYPE_CHECKING:
    from admitone.domain.errors import FieldError
    from tests.support.api.calling import Api

PATH = "/mail-templates/confirmation"


async def test_every_kind_starts_with_its_built_in_template(admin: Api) -> None:
    reply = await admin.get("/mail-templates")
    assert reply.ids == list(MAIL_KINDS)
    for item in reply.items:
        assert item["is_built_in"]
        assert (item["updated_at"], item["fault"]) == (None, None)
        assert answered(await admin.get(f"/mail-templates/{item['id']}")) == item


async def test_a_patch_starts_from_the_template_in_use(admin: Api) -> None:
    before = answered(await admin.get(PATH))
    changed = answered(await admin.patch(PATH, {"subject": "Hi {{ customer.name }}"}))
    assert changed == before | {
        "subject": "Hi {{ customer.name }}",
        "is_built_in": False,
        "updated_at": "2026-11-18T11:06:40Z",
    }
    again = answered(await admin.patch(PATH, {"html": None}))
    assert again == changed | {"html": ""}
    assert answered(await admin.get(PATH)) == again


async def test_a_reset_brings_the_built_in_one_back_however_often(admin: Api) -> None:
    before = answered(await admin.get(PATH))
    await admin.patch(PATH, {"subject": "Hi"})
    for _ in range(2):
        assert (await admin.delete(PATH)).status == 204
    assert answered(await admin.get(PATH)) == before


@pytest.mark.parametrize(
    ("patch", "field"),
    [
        ({"subject": ""}, "subject"),
        ({"subject": "two\nlines"}, "subject"),
        ({"subject": "{{ nobody }}"}, "subject"),
        ({"text": " "}, "text"),
        ({"text": "{% include 'x' %}"}, "text"),
        ({"html": "{% for x in (1..999999999) %}{% endfor %}"}, "html"),
        ({"html": "x" * 20_001}, "html"),
        ({"text": 1}, "text"),
        ({"nonsense": 1}, "nonsense"),
    ],
)
async def test_what_does_not_hold_is_refused_at_its_field(admin: Api, patch: object, field: str) -> None:
    refused(await admin.patch(PATH, patch), 422, "invalid", field)
    assert answered(await admin.get(PATH))["is_built_in"]


async def test_a_preview_keeps_nothing(admin: Api) -> None:
    body = {"subject": "Hi {{ customer.name }}", "text": "{{ date }}", "html": "<b>{{ notes }}</b>"}
    assert answered(await admin.post(f"{PATH}/preview", body)) == {
        "subject": "Hi Carla Customer",
        "text": "Thursday, December 3, 2026",
        "html": "<b>I would like to talk about &lt;pricing&gt; &amp; support.</b>",
    }
    assert answered(await admin.get(PATH))["is_built_in"]
    refused(await admin.post(f"{PATH}/preview", body | {"text": "{{ x }}"}), 422, "invalid", "text")


async def test_a_slow_template_holds_no_other_request_up(admin: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    began, go_on = threading.Event(), threading.Event()

    def slow(*_: object) -> list[FieldError]:
        began.set()
        assert go_on.wait(PATIENCE)
        return []

    monkeypatch.setattr("admitone.usecases.mail.mail_template_update.template_problems", slow)
    preview = asyncio.create_task(admin.post(f"{PATH}/preview", {"subject": "Hi", "text": "x"}))
    while not began.is_set():
        answered(await admin.get("/me"))
    answered(await admin.get("/me"))
    go_on.set()
    answered(await preview)


async def test_a_kind_that_does_not_exist_is_not_found(admin: Api) -> None:
    path = "/mail-templates/nonsense"
    for reply in (await admin.get(path), await admin.patch(path, {}), await admin.delete(path)):
        refused(reply, 404, "not-found")
    refused(await admin.post(f"{path}/preview", {"subject": "x", "text": "x"}), 404, "not-found")


async def test_members_and_strangers_reach_nothing(admin: Api, member: Api, stranger: Api) -> None:
    await admin.patch(PATH, {"subject": "Ours"})
    for reply in (await member.get(PATH), await member.patch(PATH, {}), await member.delete(PATH)):
        refused(reply, 403, "forbidden")
    assert answered(await stranger.get(PATH))["is_built_in"]
