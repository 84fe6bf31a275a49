"""One attempt at one entry of the outbox: an event, from which jobs follow, or a job."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import msgspec
import structlog

from admitone.domain.errors import Refusal
from admitone.domain.jobs.job import Job
from admitone.domain.jobs.job_retry import DEATHS
from admitone.request_id import follow
from admitone.store.outbox.outbox import put_in
from admitone.store.outbox.parked import Parked, park
from admitone.texts.kept_message import keep
from admitone.texts.message import message
from admitone.usecases.jobs.job_plan import plan_jobs
from admitone.usecases.jobs.job_release import retry_unless_it_waits
from admitone.usecases.mail.mail_context import mails_of_one_event
from admitone.worker.entry import Happened, read_entry, workspace_of
from admitone.worker.job_attempt import attempt_job, job_text
from admitone.worker.jobs import DONE_WITH_EVENT

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Mapping

    from admitone.store.outbox.outbox import Entry, Outbox
    from admitone.usecases.shared.services import Services
    from admitone.worker.job_attempt import JobEnd
    from admitone.worker.jobs import Handler

log = structlog.get_logger()


class Attempt:
    """Makes attempts at entries; `counts` counts the results."""

    def __init__(
        self, services: Services, outbox: Outbox, jobs: Mapping[str, Handler], counts: Counter[str]
    ) -> None:
        self._services = services
        self._outbox = outbox
        self._jobs = jobs
        self._counts = counts

    async def make(self, entry: Entry) -> None:
        """Carry out the entry. Without Redis the entry stays held, and another worker takes it over later."""
        try:
            await self._make(entry)
        except Refusal as refusal:
            log.warning("entry-left", entry=entry.id, reason=refusal.code)
        except Exception:
            log.exception("entry-left", entry=entry.id)

    async def _make(self, entry: Entry) -> None:
        now = self._services.now()
        try:
            said = read_entry(entry, now)
        except ValueError as error:
            cause = message("This entry cannot be read: %(error)s.", error=str(error))
            await self._give_up(entry, workspace_of(entry), entry.id, cause)
            return
        follow(said.request)  # an attempt is a task of its own
        if entry.deliveries > DEATHS:
            cause = message(
                "Workers began this %(times)s times, and none finished it.", times=entry.deliveries
            )
            record_id = said.id if isinstance(said, Job) else entry.id
            await self._give_up(entry, said.workspace, record_id, cause)
        elif isinstance(said, Happened):
            await self._plan(entry, said)
        else:
            await self._do(entry, said)

    async def _plan(self, entry: Entry, happened: Happened) -> None:
        """Put in what follows from the event; mails to its people are sent in this attempt.

        The other jobs go first, so that they do not wait for a slow mail server. If this worker dies before
        the entry is finished, they are put in again with the same ids: any job may run twice.
        """
        workspace, name = happened.workspace, f"{entry.partition}:{entry.id}"
        planned = await plan_jobs(self._services, workspace, happened.event, name)
        later = [(timer.text(workspace), timer.at) for timer in planned.timers]
        mails = [job for job in planned.jobs if job.name in DONE_WITH_EVENT]
        others = [job_text(job) for job in planned.jobs if job.name not in DONE_WITH_EVENT]
        if mails and others:
            await put_in(self._services.store, workspace, others, later)
            others, later = [], []
        with mails_of_one_event(planned.snapshot):
            ends = await asyncio.gather(
                *(attempt_job(self._services, self._jobs, job, job_text(job)) for job in mails)
            )
        for end in ends:
            if end.parked is not None:
                await self._park(entry, workspace, end.parked, is_own=False)
        later += [end.later for end in ends if end.later is not None]
        retried = sum(end.result == "retried" for end in ends)
        await self._outbox.finish(entry, others, later, retried=retried)
        self._counts["planned"] += 1
        self._count(*ends)

    async def _do(self, entry: Entry, job: Job) -> None:
        end = await attempt_job(self._services, self._jobs, job, entry.fields["job"])
        if end.parked is not None:
            record = msgspec.structs.replace(end.parked, fields={**entry.fields, **end.parked.fields})
            await self._park(entry, job.workspace, record)
        else:
            later = [end.later] if end.later is not None else []
            await self._outbox.finish(entry, later=later, retried=int(end.result == "retried"))
        self._count(end)

    async def _give_up(self, entry: Entry, workspace: str | None, record_id: str, cause: str) -> None:
        """Park an entry that nobody tries again."""
        now, times = self._services.now(), entry.deliveries
        await self._park(
            entry,
            workspace,
            Parked(record_id, str(cause), now, times, dict(entry.fields), said=keep(cause)),
        )
        self._counts["parked"] += 1

    async def _park(
        self, entry: Entry, workspace: str | None, record: Parked, *, is_own: bool = True
    ) -> None:
        await park(self._services.store, workspace, entry, record, is_own=is_own)
        log.error("job-parked", id=record.id, workspace=workspace, attempts=record.attempts)
        if workspace is not None:
            await retry_unless_it_waits(self._services, workspace, record)

    def _count(self, *ends: JobEnd) -> None:
        self._counts.update(end.result for end in ends if end.result is not None)
