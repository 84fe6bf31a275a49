"""A workspace with webhooks, the worker that sends them, and their receiver."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from admitone.outbound.sender import Sender
from admitone.worker.jobs import JOBS
from tests.support.api.calling import created
from tests.support.patience import PATIENCE
from tests.support.webhooks.receiver import receiving
from tests.support.worker.handlers import IgnoringOtherJobs
from tests.support.worker.workers import Workers, work_off

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.support.api.calling import Api
    from tests.support.api.deployment import Deployment
    from tests.support.webhooks.receiver import Receiver


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    """The receiver of the webhooks."""
    async with receiving() as one:
        yield one


class WorkspaceWithWebhooks:
    """An administrator who makes webhooks, and the worker that sends them."""

    def __init__(self, deployment: Deployment, admin: Api) -> None:
        self.admin = admin
        self.workers = Workers(deployment.store)
        self.workers.clock = deployment.clock
        self.workers.services = msgspec.structs.replace(
            self.workers.services, now=deployment.clock, sender=Sender(loopback=True, answer_within=PATIENCE)
        )
        self.worker = self.workers.worker(jobs=IgnoringOtherJobs({name: JOBS[name] for name in OURS}))

    async def hook(self, endpoint: str, *events: str) -> Any:
        """Make a webhook; returns it with its secret."""
        body = {"endpoint": endpoint, "events": list(events) or ["link.created"]}
        return created(await self.admin.post("/webhooks", body))

    async def work(self) -> None:
        """Do the jobs that are due now."""
        await work_off(self.worker)

    async def work_for(self, hours: float) -> None:
        """Do the jobs that become due within `hours` hours."""
        end = self.workers.clock.now + int(hours * 3600)
        await self.work()
        while (await self.workers.rest())["delayed"] and (due := await self.workers.due()) <= end:
            self.workers.clock.now = max(due, self.workers.clock.now)
            await self.work()
        self.workers.clock.now = end


OURS = ("webhook.deliver", "webhook.test", "booking.complete", "link.expire")


@pytest.fixture
def workspace(deployment: Deployment, admin: Api) -> WorkspaceWithWebhooks:
    """A workspace whose webhooks are sent by a worker."""
    return WorkspaceWithWebhooks(deployment, admin)
