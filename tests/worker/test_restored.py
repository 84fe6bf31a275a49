"""After a restore workers pause, until an operator has decided about the jobs that waited then."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import msgspec
import pytest
from structlog.testing import capture_logs

from admitone.domain.jobs.job import Timer
from admitone.fakegoogle.demo import CLIENT
from admitone.google.api import GoogleApi
from admitone.google.endpoints import google_endpoints
from admitone.store.keys import PAUSED
from admitone.store.outbox.outbox import move_due, put_in
from admitone.store.outbox.pause import Pause, end_pause, read_pause
from admitone.worker.drop_mails import PARKED, Dropped, drop_mails
from admitone.worker.jobs import JOBS
from tests.support.factories import DAY, HOUR, NOW, WORKSPACE, a_job
from tests.support.fakegoogle.running import running
from tests.support.mail.delivered import BOTH, in_server
from tests.support.mail.held import held_mails, use_up_of
from tests.support.mail.smtp_server import mail_server
from tests.support.mail.workspace_with_mail import WorkspaceWithMail, a_workspace_with_mail
from tests.support.redis_server import running_redis
from tests.support.store.actions import a_store, the_booking
from tests.support.store.backups import back_up, restore
from tests.support.worker.workers import Workers, left, work_off

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from admitone.store.store import Store
    from tests.support.fakegoogle.running import FakeGoogle
    from tests.support.mail.smtp_server import MailServer
    from tests.support.redis_server import RedisServer

FAR = NOW + 20 * DAY
PAUSE = msgspec.json.encode(Pause(since=NOW, made_at=NOW))


@pytest.fixture
def own_redis(redis_line: str) -> Any:
    """An empty Redis that sends a snapshot at once."""
    with running_redis(redis_line, repl_diskless_sync_delay="0") as server:
        yield server


@pytest.fixture
async def google() -> AsyncIterator[FakeGoogle]:
    """fakegoogle with its demo accounts."""
    async with running() as one:
        yield one


@pytest.fixture
async def server() -> AsyncIterator[MailServer]:
    """A mail server."""
    async with mail_server() as one:
        yield one


@pytest.fixture
async def workspace(own_redis: RedisServer, google: FakeGoogle) -> AsyncIterator[WorkspaceWithMail]:
    """A workspace that mails, on a Redis of its own."""
    async with a_store(own_redis.url) as store, a_workspace_with_mail(store, google) as made:
        yield made


@asynccontextmanager
async def restored(before: WorkspaceWithMail, file: Path, line: str) -> AsyncIterator[WorkspaceWithMail]:
    """The workspace as the backup has it, on another Redis."""
    with running_redis(line) as other:
        await restore(file, other.url)
        async with a_store(other.url) as store:
            google = before.google
            api = GoogleApi(google_endpoints(google.url), CLIENT.client_id, CLIENT.client_secret)
            found = WorkspaceWithMail(store, google, api)
            found.clock.now = before.clock.now
            yield found
            await api.close()


async def dropped(workspace: WorkspaceWithMail) -> Dropped:
    """End the pause without the mails of then."""
    pause = await read_pause(workspace.store)
    assert pause
    done = await drop_mails(workspace.services, pause)
    await end_pause(workspace.store)
    return done


async def test_a_restored_store_sends_no_mail_twice(
    own_redis: RedisServer, workspace: WorkspaceWithMail, server: MailServer, tmp_path: Path, redis_line: str
) -> None:
    workspace.by(server)
    booking = await workspace.booked(start=FAR)
    await back_up(own_redis.url, tmp_path / "backup")
    await workspace.work()
    assert in_server(server) == BOTH
    async with restored(workspace, tmp_path / "backup", redis_line) as later:
        later.by(server)
        await later.work()
        assert in_server(server) == BOTH
        assert await dropped(later) == Dropped(mails=2)
        await later.work()
        assert in_server(server) == BOTH
        assert (await the_booking(later.store, booking.id)).start == FAR
        await later.booked(start=FAR + DAY)
        await later.work()
        assert in_server(server) == sorted(2 * BOTH)


async def test_resumed_all_jobs_of_then_are_done(
    own_redis: RedisServer, workspace: WorkspaceWithMail, server: MailServer, tmp_path: Path, redis_line: str
) -> None:
    await workspace.booked(start=FAR)
    await back_up(own_redis.url, tmp_path / "backup")
    async with restored(workspace, tmp_path / "backup", redis_line) as later:
        later.by(server)
        await end_pause(later.store)
        await later.work()
        assert in_server(server) == BOTH


async def test_what_servers_did_since_the_restore_is_told(
    own_redis: RedisServer, workspace: WorkspaceWithMail, server: MailServer, tmp_path: Path, redis_line: str
) -> None:
    await workspace.booked(start=FAR)
    await back_up(own_redis.url, tmp_path / "backup")
    async with restored(workspace, tmp_path / "backup", redis_line) as later:
        later.by(server)
        pause = await read_pause(later.store)
        assert pause
        while (await later.store.client.time())[0] < pause.since:  # noqa: ASYNC110 - no server starts sooner
            await asyncio.sleep(0.05)
        booking = await later.booked(start=FAR + DAY)
        assert await drop_mails(later.services, pause) == Dropped(mails=2)
        await end_pause(later.store)
        await later.work()
        assert in_server(server) == BOTH
        assert booking.start == FAR + DAY


async def test_what_servers_do_while_mails_are_dropped_is_told(
    workspace: WorkspaceWithMail, server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace.by(server)
    waits = [FAR]

    async def meanwhile(store: Store, partition: int, now: int) -> int:
        if waits and partition == store.keys(WORKSPACE).partition:
            await workspace.booked(start=waits.pop())
        return await move_due(store, partition, now)

    monkeypatch.setattr("admitone.worker.drop_mails.move_due", meanwhile)
    await workspace.store.client.set(PAUSED, PAUSE)
    assert await dropped(workspace) == Dropped()
    await workspace.work()
    assert in_server(server) == BOTH


async def test_mails_that_wait_for_a_sender_are_dropped(
    workspace: WorkspaceWithMail, server: MailServer
) -> None:
    await workspace.booked(start=FAR)
    await workspace.work()  # nothing sends: both mails wait
    await workspace.store.client.set(PAUSED, PAUSE)
    assert await dropped(workspace) == Dropped(mails=2)
    workspace.by(server)
    await workspace.booked(start=FAR + DAY)
    await workspace.work()
    assert in_server(server) == BOTH


async def test_mails_that_are_held_by_a_budget_are_dropped(
    workspace: WorkspaceWithMail, server: MailServer
) -> None:
    workspace.by(server)
    await use_up_of(workspace.store, BOTH[0], NOW)
    await workspace.booked(start=FAR)
    await workspace.work()
    assert in_server(server) == [BOTH[1]]
    assert [one.state for one in await held_mails(workspace.store)] == ["held"]
    await workspace.store.client.set(PAUSED, PAUSE)
    assert await dropped(workspace) == Dropped(mails=1)
    assert await held_mails(workspace.store) == []
    workspace.clock.forward(hours=3)
    await workspace.work()
    assert in_server(server) == [BOTH[1]]


async def test_reminders_that_are_due_since_are_dropped_and_later_ones_stay(
    workspace: WorkspaceWithMail, server: MailServer
) -> None:
    workspace.by(server)
    await workspace.change("settings", "-", reminders=[60, 24 * 60])
    await workspace.booked(start=NOW + 2 * DAY)
    await workspace.work()
    assert in_server(server) == BOTH
    workspace.clock.forward(days=1, hours=1)
    await workspace.store.client.set(PAUSED, PAUSE)
    assert await dropped(workspace) == Dropped(mails=1)
    await workspace.work()
    assert in_server(server) == BOTH
    workspace.clock.forward(hours=22)
    await workspace.work()
    assert in_server(server) == sorted([*BOTH, "carla@customer.test"])


async def test_jobs_that_write_to_people_by_themselves_are_parked(store: Store, workers: Workers) -> None:
    jobs = [a_job(name) for name in PARKED]
    await workers.put(*jobs, a_job("calendar.write"), a_job("mail.customer"))
    timer = Timer("run.step", "run", "some-run", NOW - 5).text(WORKSPACE)
    later = Timer("run.step", "run", "other-run", workers.clock() + HOUR).text(WORKSPACE)
    retried = msgspec.json.encode(a_job("mail.hosts", attempt=3)).decode()
    await put_in(store, WORKSPACE, [], [(timer, NOW - 5), (later, NOW + HOUR), (retried, NOW + HOUR)])
    done = await drop_mails(workers.services, Pause(since=2**40, made_at=NOW))
    assert done == Dropped(mails=2, parked=len(PARKED) + 1)
    assert len(await workers.parked()) == len(PARKED) + 1
    assert (await workers.parked())[0].cause.startswith("A backup was restored")
    assert await left(workers) == {"entries": 1, "delayed": 1, "held": 0}
    assert await drop_mails(workers.services, Pause(since=2**40, made_at=NOW)) == Dropped()


def test_the_jobs_that_are_parked_exist() -> None:
    assert set(PARKED) <= set(JOBS)
    assert {name for name in JOBS if name.startswith(("run.", "workflow."))} - set(PARKED) == {
        "workflow.end_runs"
    }


async def test_workers_of_every_process_pause_and_go_on(store: Store, workers: Workers) -> None:
    await workers.put_some(3)
    await store.client.set(PAUSED, PAUSE)
    one, other = workers.worker("one"), workers.worker("other")
    with capture_logs() as lines:
        await work_off(one, other)
    assert [line["event"] for line in lines] == ["workers-pause", "workers-pause"]
    assert workers.did == []
    await end_pause(store)
    fresh = workers.worker("fresh")
    await work_off(fresh)
    assert len(workers.did) == 3
    for worker in (one, other, fresh):
        await worker.close()


async def test_a_running_worker_notices_a_pause_and_its_end(
    store: Store, workers: Workers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("admitone.worker.worker.WAIT", 0)
    worker = workers.worker()
    await work_off(worker)
    await store.client.set(PAUSED, PAUSE)
    await workers.put_some()
    await work_off(worker)
    assert workers.did == []
    await end_pause(store)
    await work_off(worker)
    assert len(workers.did) == 1
    await worker.close()
