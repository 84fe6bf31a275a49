"""A Redis or a Google that does not answer: a card says so in time, and nothing is done twice."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest

from admitone.google.certificates import Certificates
from admitone.web.addon import endpoint as addon
from tests.support.api.calling import answered

if TYPE_CHECKING:
    from collections.abc import Callable

    from redis.asyncio import Redis

    from tests.support.addon.gmail import Person
    from tests.support.api.calling import Api
    from tests.support.fakegoogle.running import FakeGoogle

TOO_LONG = "The server takes too long."


@pytest.fixture
async def page(ada: Api) -> Any:
    """Ada's page."""
    return await ada.new_page(await ada.new_event_type())


async def test_a_redis_that_hangs_is_told_and_the_same_button_works_later(
    ada: Api, page: Any, person: Callable[..., Person], redis: Redis, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(addon, "SECONDS", 0.5)
    ada_writes = await person(to=[]).open()
    parameters, inputs = ada_writes.parameters("Insert"), ada_writes.inputs()
    await redis.client_pause(1500)
    await ada_writes.press("Insert")
    assert TOO_LONG in ada_writes.text
    assert ada_writes.draft.body == ""
    await redis.client_unpause()
    await ada_writes.host.press(ada_writes.draft, parameters, inputs)
    assert "<a href=" in ada_writes.draft.body
    assert len(answered(await ada.get("/links"))["items"]) == 1


async def test_a_google_without_certificates_is_told(
    person: Callable[..., Person], google: FakeGoogle, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(addon, "SECONDS", 0.5)
    waits = asyncio.Event()

    async def hang(*_: object) -> None:
        await waits.wait()

    monkeypatch.setattr(Certificates, "for_key", hang)
    somebody = await person().open()
    assert TOO_LONG in somebody.text
    waits.set()
