"""After a restore: take away the mails that waited when the backup was made, as they may have gone out since.

Workers pause meanwhile, so nobody else removes entries. What servers have added since the restore stays: its
entries are younger than the pause.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

from admitone.domain.jobs.job import Job
from admitone.store.outbox.backlog import (
    last_entry,
    read_backlog,
    read_delayed,
    remove_delayed,
    workspaces_with_waiting_mails,
)
from admitone.store.outbox.outbox import Outbox, move_due
from admitone.store.outbox.parked import Parked, park
from admitone.store.records.mail.held_mails import release_held_mail
from admitone.store.records.mail.waiting_mails import read_all_waiting, release_waiting
from admitone.texts.kept_message import keep
from admitone.texts.message import message
from admitone.usecases.jobs.job_plan import plan_jobs
from admitone.worker.entry import Happened, read_entry

if TYPE_CHECKING:
    from admitone.store.outbox.outbox import Entry
    from admitone.store.outbox.pause import Pause
    from admitone.usecases.shared.services import Services

MAIL: Final = "mail."
PARKED: Final = (
    "contact.from_booking",
    "contacts.import",
    "links.import",
    "run.step",
    "run.wake",
    "workflow.admit",
    "workflow.enrol",
    "workflow.enter",
    "workflow.failed_runs",
    "workflow.retry",
    "workflow.sweep",
)
"""Jobs that may write to people by themselves, or let a workflow do so: a person decides on each."""


class Dropped(msgspec.Struct):
    """The number of mails that will not be sent, and of jobs that were parked."""

    mails: int = 0
    parked: int = 0


async def drop_mails(services: Services, pause: Pause) -> Dropped:
    """Drop the mails that waited before `pause`, park workflows and imports; returns how many.

    It can be stopped and repeated. Raises Busy, OutcomeUnknown.
    """
    done = Dropped()
    for partition in range(services.store.partitions):
        await _Partition(services, partition, done).clear(pause)
    async for workspace in workspaces_with_waiting_mails(services.store):
        for found in await read_all_waiting(services.store, workspace):
            done.mails += await release_waiting(services.store, workspace, found, again=False)
    return done


class _Partition:
    """One partition's outbox."""

    def __init__(self, services: Services, partition: int, done: Dropped) -> None:
        self._services = services
        self._store = services.store
        self._partition = partition
        self._outbox = Outbox(services.store, "restore")
        self._done = done

    async def clear(self, pause: Pause) -> None:
        """First what waited in the outbox; then what was due since, and what is planned by the first."""
        before = await last_entry(self._store, self._partition)
        async for entry in read_backlog(self._store, self._partition, until=f"{pause.since * 1000}"):
            await self._clear_entry(entry)
        await self._clear_delayed()
        while await move_due(self._store, self._partition, self._services.now()):
            pass
        async for entry in read_backlog(self._store, self._partition, after=before):
            if "job" in entry.fields:  # events since the restore are not of then
                await self._clear_entry(entry)

    async def _clear_entry(self, entry: Entry) -> None:
        try:
            said = read_entry(entry, self._services.now())
        except ValueError:
            return  # a worker parks it, and says why
        if isinstance(said, Happened):
            await self._plan(entry, said)
        elif said.name.startswith(MAIL):
            await self._drop(said)
            await self._outbox.finish(entry)
        elif said.name in PARKED:
            await self._park(entry, said)

    async def _plan(self, entry: Entry, happened: Happened) -> None:
        """Plan as a worker does, without the mails."""
        name = f"{entry.partition}:{entry.id}"
        planned = await plan_jobs(self._services, happened.workspace, happened.event, name)
        kept = [job for job in planned.jobs if not job.name.startswith(MAIL)]
        self._done.mails += len(planned.jobs) - len(kept)
        texts = [msgspec.json.encode(job).decode() for job in kept]
        later = [(timer.text(happened.workspace), timer.at) for timer in planned.timers]
        await self._outbox.finish(entry, texts, later)

    async def _clear_delayed(self) -> None:
        """Drop delayed mails, except reminders of bookings that are due later: timers, which are no JSON."""
        async for text in read_delayed(self._store, self._partition):
            if not text.startswith("{"):
                continue
            try:
                job = msgspec.json.decode(text, type=Job)
            except msgspec.MsgspecError:
                continue  # a worker parks it when it is due
            if job.name.startswith(MAIL):
                await self._drop(job)
                await remove_delayed(self._store, self._partition, text)

    async def _drop(self, job: Job) -> None:
        self._done.mails += 1
        if job.held:
            await release_held_mail(self._store, job)

    async def _park(self, entry: Entry, job: Job) -> None:
        cause = message("A backup was restored, and this may have been done after the backup was made.")
        record = Parked(job.id, str(cause), self._services.now(), job.attempt, entry.fields, said=keep(cause))
        await park(self._store, job.workspace, entry, record)
        self._done.parked += 1
