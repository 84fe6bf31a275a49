"""`/api/v1/jobs`: what failed for good, with its cause; tried again, or discarded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from admitone.domain.jobs.job import JobDelayed, JobFailed
from admitone.store.outbox.parked import read_parked, release
from admitone.texts.kept_message import KeptMessage
from admitone.texts.message import message
from admitone.usecases.jobs import job_release
from admitone.usecases.shared import index_walk
from tests.support.api.calling import answered, refused
from tests.support.factories import WORKSPACE, a_job
from tests.support.worker.workers import Workers, work_off

if TYPE_CHECKING:
    import pytest

    from admitone.domain.jobs.job import Job
    from admitone.worker.worker import Worker
    from tests.support.api.calling import Api
    from tests.support.api.deployment import Deployment


class Breaking:
    """A worker whose jobs fail for good until `mended`."""

    def __init__(self, deployment: Deployment) -> None:
        self.workers = Workers(deployment.store)
        self.mended = False
        self.error: Exception = JobFailed("The host’s calendar is gone.")
        self.worker: Worker = self.workers.worker(act=self._act)

    async def _act(self, job: Job) -> None:
        if not self.mended:
            raise self.error

    async def park(self, *jobs: Job) -> None:
        await self.workers.put(*jobs)
        await work_off(self.worker)


async def test_a_cause_is_told_in_english_and_known_in_other_languages(
    deployment: Deployment, admin: Api
) -> None:
    breaking, job = Breaking(deployment), a_job("try")
    breaking.error = JobFailed(message("The host’s calendar answered %(status)s.", status=503))
    await breaking.park(job)
    [item] = (await admin.get("/jobs")).items
    assert item["cause"] == "The host’s calendar answered 503."
    [record] = await read_parked(deployment.store, WORKSPACE, [job.id])
    assert record.said == KeptMessage("The host’s calendar answered %(status)s.", {"status": 503})


async def test_what_failed_is_listed_newest_first_with_its_cause(deployment: Deployment, admin: Api) -> None:
    breaking = Breaking(deployment)
    jobs = [a_job("try") for _ in range(3)]
    for job in jobs:
        await breaking.park(job)
        breaking.workers.clock.forward(seconds=1)
    first = (await admin.get("/jobs?limit=2")).body
    rest = (await admin.get(f"/jobs?limit=2&cursor={first['next_cursor']}")).body
    assert [item["id"] for item in first["items"] + rest["items"]] == [job.id for job in reversed(jobs)]
    assert rest["items"] == [
        {
            "id": jobs[0].id,
            "name": "try",
            "cause": "The host’s calendar is gone.",
            "attempts": 1,
            "parked_at": "2026-11-18T11:06:40Z",
            "booking": None,
            "link": "link",
        }
    ]


async def test_one_is_tried_again_or_all_of_them(deployment: Deployment, admin: Api) -> None:
    breaking = Breaking(deployment)
    jobs = [a_job("try") for _ in range(3)]
    await breaking.park(*jobs)
    assert answered(await admin.post(f"/jobs/{jobs[0].id}/retry", {})) == {"released": 1}
    refused(await admin.post(f"/jobs/{jobs[0].id}/retry", {}), 404, "not-found")
    await work_off(breaking.worker)
    assert len((await admin.get("/jobs")).items) == 3
    breaking.mended = True
    assert answered(await admin.post("/jobs/retry", {})) == {"released": 3}
    await work_off(breaking.worker)
    assert (await admin.get("/jobs")).items == []
    assert len(breaking.workers.did) == 7


async def test_what_fails_at_once_again_keeps_none_of_the_others_back(
    deployment: Deployment, admin: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def released_and_tried(*released: Any, again: bool) -> int:
        count = await release(*released, again=again)
        await work_off(breaking.worker)
        return count

    breaking = Breaking(deployment)
    jobs = [a_job("try") for _ in range(5)]
    for job in jobs:
        await breaking.park(job)
        breaking.workers.clock.forward(seconds=1)
    breaking.workers.did.clear()
    monkeypatch.setattr(index_walk, "AT_ONCE", 2)
    monkeypatch.setattr(job_release, "release", released_and_tried)
    assert answered(await admin.post("/jobs/retry", {})) == {"released": 5}
    assert [job.id for job in breaking.workers.did] == [job.id for job in jobs]


async def test_one_is_discarded(deployment: Deployment, admin: Api) -> None:
    breaking = Breaking(deployment)
    job = a_job("try")
    await breaking.park(job)
    assert (await admin.delete(f"/jobs/{job.id}")).status == 204
    refused(await admin.delete(f"/jobs/{job.id}"), 404, "not-found")
    assert (await admin.get("/jobs")).items == []
    await work_off(breaking.worker)
    assert len(breaking.workers.did) == 1


async def test_they_are_for_administrators_of_the_workspace(
    deployment: Deployment, admin: Api, member: Api, stranger: Api
) -> None:
    breaking = Breaking(deployment)
    job = a_job("try")
    await breaking.park(job)
    assert admin.key
    refused(await member.get("/jobs"), 403, "forbidden")
    assert (await stranger.get("/jobs")).items == []
    refused(await stranger.post(f"/jobs/{job.id}/retry", {}), 404, "not-found")
    assert answered(await stranger.post("/jobs/retry", {})) == {"released": 0}
    refused(await stranger.delete(f"/jobs/{job.id}"), 404, "not-found")


async def test_an_entry_that_cannot_be_read_is_listed_too(deployment: Deployment, admin: Api) -> None:
    fields = {"workspace": WORKSPACE, "event": "nonsense"}
    await deployment.store.client.xadd(deployment.store.keys(WORKSPACE).jobs, dict(fields))  # type: ignore[arg-type]
    await work_off(Workers(deployment.store).worker())
    [listed] = (await admin.get("/jobs")).items
    assert listed["name"] == "unreadable"
    await deployment.store.client.delete(deployment.store.keys(WORKSPACE).jobs)


async def test_the_figures_say_how_the_outbox_is_doing(deployment: Deployment, admin: Api) -> None:
    breaking = Breaking(deployment)
    await breaking.park(a_job("try"))
    breaking.error = JobDelayed("Google is away.")
    await breaking.park(a_job("try"), a_job("try"))
    await breaking.workers.put(a_job("try"))
    assert admin.key
    async with deployment.http.get(f"{deployment.url}/metrics") as answer:
        text = await answer.text()
    figures = dict(line.split(" ") for line in text.splitlines() if line.startswith("admitone_jobs_"))
    assert float(figures["admitone_jobs_parked"]) == 1
    assert float(figures["admitone_jobs_waiting"]) == 1
    assert float(figures["admitone_jobs_delayed"]) == 2
    assert float(figures["admitone_jobs_retried"]) == 2
    assert float(figures["admitone_jobs_oldest_seconds"]) >= 0
