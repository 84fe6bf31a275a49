"""One attempt at one job, and its end: done, to be tried later, or failed for good."""

from __future__ import annotations

import secrets
import time
from typing import TYPE_CHECKING, Literal

import msgspec
import structlog

from admitone.domain.errors import Refusal
from admitone.domain.jobs.job import JobDelayed, JobFailed, JobNotDue
from admitone.domain.jobs.job_retry import ATTEMPTS, ATTEMPTS_AT_DEFECTS, pause
from admitone.logs import log_job
from admitone.store.outbox.outbox import Later
from admitone.store.outbox.parked import Parked
from admitone.texts.kept_message import keep
from admitone.texts.message import message

if TYPE_CHECKING:
    from collections.abc import Mapping

    from admitone.domain.jobs.job import Job
    from admitone.usecases.shared.services import Services
    from admitone.worker.jobs import Handler

log = structlog.get_logger()


class JobEnd(msgspec.Struct, frozen=True):
    """The end of an attempt: `later` if the job runs again, `parked` if it failed for good, else done.

    `result` is the name under which workers count it, None if the job only waits for its time.
    """

    result: Literal["done", "retried", "parked"] | None = "done"
    later: Later | None = None
    parked: Parked | None = None


async def attempt_job(services: Services, jobs: Mapping[str, Handler], job: Job, text: str) -> JobEnd:
    """Do a job, by its handler in `jobs`; `text` is the job as the outbox has it, or would have it."""
    began = time.perf_counter()
    try:
        if job.name not in jobs:
            raise JobDelayed(message("No worker here knows the job %(name)s.", name=job.name))
        await jobs[job.name](services, job)
    except JobNotDue as later:  # waiting is no failure: earlier attempts do not count any more
        again = msgspec.structs.replace(job, attempt=0, held=later.held or job.held)
        return JobEnd(None, later=(text if again == job else job_text(again), later.at))
    except JobFailed as failed:
        return _failed(services, job, text, failed.reason, failed.waits_for)
    except JobDelayed as delayed:
        return _again(services, job, text, delayed.reason, ATTEMPTS, delayed.after)
    except Refusal as refusal:
        most = ATTEMPTS if refusal.retry else ATTEMPTS_AT_DEFECTS
        return _again(services, job, text, refusal.detail, most)
    except Exception as error:
        log.exception("job-failed", job=job.name, id=job.id, attempt=job.attempt)
        reason = message(
            "Something in Admit One is wrong (%(error)s); the log says more.", error=type(error).__name__
        )
        return _again(services, job, text, reason, ATTEMPTS_AT_DEFECTS)
    log_job(job.name, job.id, round((time.perf_counter() - began) * 1000, 1))
    return JobEnd()


def _again(
    services: Services, job: Job, text: str, reason: str, most: int, after: int | None = None
) -> JobEnd:
    if job.attempt + 1 >= most:
        return _failed(services, job, text, reason)
    due = services.now() + pause(job.attempt, secrets.randbits(32), after)
    log.info("job-delayed", job=job.name, id=job.id, attempt=job.attempt, reason=str(reason), due=due)
    return JobEnd("retried", later=(job_text(msgspec.structs.replace(job, attempt=job.attempt + 1)), due))


def _failed(services: Services, job: Job, text: str, cause: str, waits_for: str | None = None) -> JobEnd:
    """The job is parked with its cause; when it is retried, it starts with its first attempt."""
    first = job_text(msgspec.structs.replace(job, attempt=0)) if job.attempt else text
    parked = Parked(
        job.id, str(cause), services.now(), job.attempt + 1, {"job": first}, waits_for, keep(cause)
    )
    return JobEnd("parked", parked=parked)


def job_text(job: Job) -> str:
    """The job as the outbox has it."""
    return msgspec.json.encode(job).decode()
