"""One attempt at one entry of the outbox, and its result: done, retried later, or parked."""

from __future__ import annotations

import secrets
import time
from typing import TYPE_CHECKING

import msgspec
import structlog

from admitone.domain.errors import Refusal
from admitone.domain.jobs.job import Job, JobDelayed, JobFailed, JobNotDue
from admitone.domain.jobs.job_retry import ATTEMPTS, ATTEMPTS_AT_DEFECTS, DEATHS, pause
from admitone.logs import log_job
from admitone.request_id import follow
from admitone.store.outbox.parked import Parked, park
from admitone.texts.kept_message import keep
from admitone.texts.message import message
from admitone.usecases.jobs.job_plan import plan_jobs
from admitone.usecases.jobs.job_release import retry_unless_it_waits
from admitone.worker.entry import Happened, read_entry, workspace_of

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Mapping

    from admitone.store.outbox.outbox import Entry, Outbox
    from admitone.usecases.shared.services import Services
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
            await self._park(entry, workspace_of(entry), entry.id, cause)
            return
        follow(said.request)  # an attempt is a task of its own
        if entry.deliveries > DEATHS:
            cause = message(
                "Workers began this %(times)s times, and none finished it.", times=entry.deliveries
            )
            await self._park(entry, said.workspace, said.id if isinstance(said, Job) else entry.id, cause)
        elif isinstance(said, Happened):
            await self._plan(entry, said)
        else:
            await self._do(entry, said)

    async def _plan(self, entry: Entry, happened: Happened) -> None:
        name = f"{entry.partition}:{entry.id}"
        jobs, timers = await plan_jobs(self._services, happened.workspace, happened.event, name)
        later = [(timer.text(happened.workspace), timer.at) for timer in timers]
        await self._outbox.finish(entry, map(_text, jobs), later)
        self._counts["planned"] += 1

    async def _do(self, entry: Entry, job: Job) -> None:
        began = time.perf_counter()
        try:
            if job.name not in self._jobs:
                raise JobDelayed(message("No worker here knows the job %(name)s.", name=job.name))
            await self._jobs[job.name](self._services, job)
        except JobNotDue as later:  # waiting is no failure: earlier attempts do not count any more
            again = msgspec.structs.replace(job, attempt=0, held=later.held or job.held)
            text = entry.fields["job"] if again == job else _text(again)
            await self._outbox.finish(entry, later=[(text, later.at)])
        except JobFailed as failed:
            await self._park(entry, job.workspace, job.id, failed.reason, job, failed.waits_for)
        except JobDelayed as delayed:
            await self._again(entry, job, delayed.reason, ATTEMPTS, delayed.after)
        except Refusal as refusal:
            most = ATTEMPTS if refusal.retry else ATTEMPTS_AT_DEFECTS
            await self._again(entry, job, refusal.detail, most)
        except Exception as error:
            log.exception("job-failed", job=job.name, id=job.id, attempt=job.attempt)
            reason = message(
                "Something in Admit One is wrong (%(error)s); the log says more.", error=type(error).__name__
            )
            await self._again(entry, job, reason, ATTEMPTS_AT_DEFECTS)
        else:
            await self._outbox.finish(entry)
            self._counts["done"] += 1
            log_job(job.name, job.id, round((time.perf_counter() - began) * 1000, 1))

    async def _again(self, entry: Entry, job: Job, reason: str, most: int, after: int | None = None) -> None:
        if job.attempt + 1 >= most:
            await self._park(entry, job.workspace, job.id, reason, job)
            return
        due = self._services.now() + pause(job.attempt, secrets.randbits(32), after)
        next_one = msgspec.structs.replace(job, attempt=job.attempt + 1)
        await self._outbox.finish(entry, later=[(_text(next_one), due)], retried=True)
        self._counts["retried"] += 1
        log.info("job-delayed", job=job.name, id=job.id, attempt=job.attempt, reason=str(reason), due=due)

    async def _park(
        self,
        entry: Entry,
        workspace: str | None,
        record_id: str,
        cause: str,
        job: Job | None = None,
        waits_for: str | None = None,
    ) -> None:
        """Park the entry with its cause; a job that is retried starts with its first attempt."""
        fields, attempts = dict(entry.fields), entry.deliveries
        if job is not None:
            attempts = job.attempt + 1
            if job.attempt:
                fields["job"] = _text(msgspec.structs.replace(job, attempt=0))
        record = Parked(record_id, str(cause), self._services.now(), attempts, fields, waits_for, keep(cause))
        await park(self._services.store, workspace, entry, record)
        self._counts["parked"] += 1
        log.error("job-parked", id=record_id, workspace=workspace, attempts=attempts)
        if workspace is not None:
            await retry_unless_it_waits(self._services, workspace, record)


def _text(job: Job) -> str:
    return msgspec.json.encode(job).decode()
