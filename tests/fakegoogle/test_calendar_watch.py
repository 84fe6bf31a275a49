"""Push notifications: a sync message, then one for each change, to loopback addresses only."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from tests.support.fakegoogle.apis import Access, access, refusal

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping

    from tests.support.fakegoogle.running import FakeGoogle


class Receiver:
    """A web hook: the notifications that it received, and its next answers (200 by default)."""

    def __init__(self) -> None:
        self.told: asyncio.Queue[Mapping[str, str]] = asyncio.Queue()
        self.statuses: list[int] = []
        self.address = ""

    async def next(self) -> Mapping[str, str]:
        """The headers of the next notification."""
        return await self.told.get()


@asynccontextmanager
async def _receiving() -> AsyncIterator[Receiver]:
    receiver = Receiver()

    async def hear(request: web.Request) -> web.Response:
        assert await request.read() == b""
        receiver.told.put_nowait(request.headers)
        return web.Response(status=receiver.statuses.pop(0) if receiver.statuses else 200)

    app = web.Application()
    app.router.add_post("/hook", hear)
    async with TestServer(app) as server:
        receiver.address = str(server.make_url("/hook"))
        yield receiver


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    async with _receiving() as one:
        yield one


@pytest.fixture
async def admin(google: FakeGoogle) -> Access:
    return await access(google)


async def _watch(who: Access, address: str, **more: Any) -> Any:
    body = {"id": "channel-1", "type": "web_hook", "address": address, "token": "secret", **more}
    return await who.run(who.events.watch(calendarId="primary", body=body))


async def test_a_channel_is_told_of_every_change_but_not_what_changed(
    admin: Access, receiver: Receiver
) -> None:
    channel = await _watch(admin, receiver.address)
    first = await receiver.next()
    assert first["X-Goog-Resource-State"] == "sync"
    assert first["X-Goog-Channel-ID"] == "channel-1"
    assert first["X-Goog-Channel-Token"] == "secret"
    assert first["X-Goog-Resource-ID"] == channel["resourceId"]
    assert first["X-Goog-Message-Number"] == "1"
    event = await admin.insert()
    second = await receiver.next()
    assert (second["X-Goog-Resource-State"], second["X-Goog-Message-Number"]) == ("exists", "2")
    await admin.run(admin.events.delete(calendarId="primary", eventId=event["id"]))
    assert (await receiver.next())["X-Goog-Message-Number"] == "3"


async def test_a_guests_calendar_changes_with_the_organisers(
    google: FakeGoogle, admin: Access, receiver: Receiver
) -> None:
    await _watch(await access(google, "member@acme.test"), receiver.address)
    await receiver.next()
    await admin.insert()
    await admin.insert(attendees=[{"email": "member@acme.test"}])
    assert (await receiver.next())["X-Goog-Message-Number"] == "2"
    assert receiver.told.empty()


async def test_a_stopped_channel_is_told_nothing(admin: Access, receiver: Receiver) -> None:
    channel = await _watch(admin, receiver.address)
    await receiver.next()
    stop = {"id": channel["id"], "resourceId": channel["resourceId"]}
    await admin.run(admin.calendar.channels().stop(body=stop))
    await admin.insert()
    await _watch(admin, receiver.address, id="channel-2")
    assert (await receiver.next())["X-Goog-Channel-ID"] == "channel-2"
    async with refusal(404, "notFound"):
        await admin.run(admin.calendar.channels().stop(body=stop))


async def test_only_who_opened_a_channel_stops_it(
    google: FakeGoogle, admin: Access, receiver: Receiver
) -> None:
    channel = await _watch(admin, receiver.address)
    olga = await access(google, "olga@beta.test")
    stop = {"id": channel["id"], "resourceId": channel["resourceId"]}
    async with refusal(404, "notFound"):
        await olga.run(olga.calendar.channels().stop(body=stop))


async def test_a_hook_that_fails_is_told_again(admin: Access, receiver: Receiver) -> None:
    receiver.statuses = [503, 500]
    await _watch(admin, receiver.address)
    numbers = [(await receiver.next())["X-Goog-Message-Number"] for _ in range(3)]
    assert numbers == ["1", "1", "1"]


async def test_an_expired_channel_is_told_nothing(
    google: FakeGoogle, admin: Access, receiver: Receiver
) -> None:
    channel = await _watch(admin, receiver.address, params={"ttl": "60"})
    await receiver.next()
    google.state.data.channels[channel["id"]].expiration = 0
    await admin.insert()
    assert google.state.data.channels == {}
    assert receiver.told.empty()


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"id": None}, "required"),
        ({"address": None}, "required"),
        ({"type": "mail"}, "channelUnknown"),
        ({"address": "https://example.com/hook"}, "push.webhookUrlUnauthorized"),
        ({"address": "http://10.0.0.1/hook"}, "push.webhookUrlUnauthorized"),
        ({"address": "file:///etc/passwd"}, "push.webhookUrlUnauthorized"),
        ({"params": {"ttl": "soon"}}, "invalid"),
    ],
)
async def test_what_a_watch_refuses(admin: Access, changes: dict[str, Any], reason: str) -> None:
    async with refusal(400, reason):
        await _watch(admin, **{"address": "http://127.0.0.1:9/hook", **changes})


async def test_a_channel_id_is_used_once(admin: Access, receiver: Receiver) -> None:
    await _watch(admin, receiver.address)
    async with refusal(400, "channelIdNotUnique"):
        await _watch(admin, receiver.address)
