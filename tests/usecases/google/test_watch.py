"""Google tells of changes in calendars, where it can reach the server; what it told before is asked anew."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

import msgspec
import pytest

from admitone.app import hooks_url
from admitone.domain.jobs.job import JobDelayed, JobNotDue, job_of_timer
from admitone.store.records.credentials.google_connections import read_connection
from admitone.usecases.calendar_events.calendar_watch import HOOK, watch_calendars, watch_soon, watch_timer
from admitone.usecases.times.busy_times import busy_times
from tests.support.accounts.browser import ADA
from tests.support.google.signed_in_host import ROOM, SignedInHost

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from admitone.store.records.credentials.google_connections import Watch
    from admitone.usecases.shared.services import Services
    from tests.support.api.deployment import Clock

DAY = 86_400


@pytest.fixture
def clock(clock: Clock) -> Clock:
    """The machine's time: how long channels last is Google's to say."""
    clock.now = int(time.time())
    return clock


@pytest.fixture
def services(host: SignedInHost) -> Services:
    """What the worker has where Google can reach the server."""
    return msgspec.structs.replace(host.site.services, hooks_url=host.site.address)


async def run(services: Services, host: SignedInHost) -> int:
    """Run the job; when it is due next."""
    timer = watch_timer(host.user, services.now())
    job = job_of_timer(timer.text(host.workspace), services.now())
    with pytest.raises(JobNotDue) as due:
        await watch_calendars(services, job)
    return due.value.at


async def watches(host: SignedInHost) -> dict[str, Watch]:
    found = await read_connection(host.site.store, host.workspace, host.user)
    assert found
    return found.watches


def channels(host: SignedInHost) -> dict[str, str]:
    """The open channels at Google and their calendars."""
    return {one.id: one.calendar for one in host.google.state.data.channels.values()}


async def second_calendar(host: SignedInHost) -> str:
    entries = await host.google.control("act", account=ADA, method="calendar.calendarList.list")
    mine = [one for one in entries["items"] if one["accessRole"] == "owner" and not one.get("primary")]
    return str(mine[0]["id"])


async def test_channels_are_opened_once_renewed_in_time_and_closed(
    host: SignedInHost, services: Services, clock: Clock
) -> None:
    await host.connect()
    due = await run(services, host)
    [channel] = channels(host)
    there = await watches(host)
    assert (list(there), there["primary"].id) == (["primary"], channel)
    assert clock.now + DAY <= due <= clock.now + 6 * DAY + 60
    await run(services, host)
    assert list(channels(host)) == [channel]

    clock.forward(days=6.5)
    await run(services, host)
    [renewed] = set(channels(host)) - {channel}
    assert (await watches(host))["primary"].id == renewed

    other = await second_calendar(host)
    assert (await host.submit(ROOM, ("blocking", other), ("writing", other))).status == 303
    await run(services, host)
    assert list(await watches(host)) == [other]
    assert renewed not in channels(host)
    assert other in channels(host).values()

    await host.submit(f"{ROOM}/disconnect")
    assert other not in channels(host).values()


async def test_what_google_told_is_asked_anew_after_a_change(
    host: SignedInHost, services: Services, clock: Clock
) -> None:
    await host.connect()
    await run(services, host)
    span = clock.now + DAY, clock.now + 2 * DAY
    assert await busy_times(services, host.workspace, [host.user], *span) == {host.user: []}
    event = {"start": {"dateTime": at(span[0])}, "end": {"dateTime": at(span[0] + 3600)}}
    await host.google.control(
        "act",
        account=ADA,
        method="calendar.events.insert",
        parameters={"calendarId": "primary"},
        body={"summary": "Dentist", **event},
    )
    await told(host)
    clock.forward(seconds=1)
    found = await busy_times(services, host.workspace, [host.user], *span)
    assert found == {host.user: [(span[0], span[0] + 3600)]}


@pytest.mark.parametrize("follows", [True, False])
async def test_changes_are_read_where_bookings_follow_them(
    host: SignedInHost, services: Services, follows: bool
) -> None:
    answer = await host.api("PATCH", "/settings", {"calendar_sync": follows})
    assert answer.status == 200, answer
    await host.connect()
    await run(services, host)
    store, delayed = host.site.store, host.site.store.keys(host.workspace).delayed
    timer = f"calendar.sync {host.workspace} ruser:{host.user}".encode()

    async def is_planned() -> bool:
        return await store.client.zscore(delayed, timer) is not None

    assert not await is_planned()
    await host.google.control(
        "act",
        account=ADA,
        method="calendar.events.insert",
        parameters={"calendarId": "primary"},
        body={"start": {"dateTime": at(services.now())}, "end": {"dateTime": at(services.now() + 60)}},
    )
    await told(host)
    if follows:
        await until(is_planned)
    assert await is_planned() == follows


async def test_only_google_is_believed(host: SignedInHost, services: Services) -> None:
    await host.connect()
    await run(services, host)
    [channel] = host.google.state.data.channels.values()
    good = {
        "X-Goog-Channel-ID": channel.id,
        "X-Goog-Channel-Token": channel.token or "",
        "X-Goog-Resource-State": "exists",
    }
    for change in (
        {"X-Goog-Channel-ID": "another"},
        {"X-Goog-Channel-Token": "forged"},
        {"X-Goog-Channel-Token": ""},
    ):
        answer = await host.browser.call("POST", HOOK, headers=good | change)
        assert answer.status == 404
    assert (
        await host.browser.call("POST", HOOK, headers=good | {"X-Goog-Resource-State": "sync"})
    ).status == 204
    key = host.site.store.keys(host.workspace).busy_changed(host.user)
    assert not await host.site.store.client.exists(key)
    assert (await host.browser.call("POST", HOOK, headers=good)).status == 204
    assert await host.site.store.client.exists(key)


async def test_google_away_delays_the_job_and_a_grant_that_is_over_ends_it(
    host: SignedInHost, services: Services
) -> None:
    await host.connect()
    timer = watch_timer(host.user, services.now())
    job = job_of_timer(timer.text(host.workspace), services.now())
    await host.google.fault("calendar.events.watch", "503")
    with pytest.raises(JobDelayed):
        await watch_calendars(services, job)
    await host.google.control("revoke", account=ADA)
    await watch_calendars(services, job)
    assert "Reconnect Google" in (await host.browser.get("/dashboard")).text
    await watch_calendars(services, job)


async def test_what_google_does_not_let_be_watched_is_left_for_another_day(
    host: SignedInHost, services: Services
) -> None:
    await host.connect()
    refused = msgspec.structs.replace(services, hooks_url="https://unregistered.example")
    assert await run(refused, host) == services.now() + DAY
    assert not channels(host)


@pytest.mark.parametrize(
    ("address", "is_reachable"),
    [
        ("https://book.example.com", True),
        ("http://127.0.0.1:8080", False),
        ("https://localhost", False),
        ("https://10.0.0.7", False),
        ("https://[::1]", False),
        ("https://intranet", False),
        ("https://book.acme.test", False),
    ],
)
def test_google_is_asked_only_where_it_can_reach_the_server(address: str, is_reachable: bool) -> None:
    assert hooks_url(address) == (address if is_reachable else None)


async def test_connecting_begins_to_watch(host: SignedInHost, services: Services) -> None:
    store, delayed = host.site.store, host.site.store.keys(host.workspace).delayed
    before = await store.client.zcard(delayed)
    await watch_soon(services, host.workspace, host.user)
    await watch_soon(host.site.services, host.workspace, host.user)
    assert await store.client.zcard(delayed) == before + 1


async def told(host: SignedInHost) -> None:
    """Wait until Google's notification has come."""
    key = host.site.store.keys(host.workspace).busy_changed(host.user)

    async def is_noted() -> bool:
        return bool(await host.site.store.client.exists(key))

    await until(is_noted)


async def until(condition: Callable[[], Awaitable[bool]]) -> None:
    """Let everything else run until `condition` holds; the limit is for tests that would hang."""
    async with asyncio.timeout(60):
        while not await condition():  # noqa: ASYNC110 - what is waited for tells nobody
            await asyncio.sleep(0.01)


def at(seconds: int) -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(seconds))
