"""The inbound hook of a workflow, and its sender."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.support.api.calling import answered, created
from tests.support.raw_database import read_workspaces

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.support.api.calling import Api
    from tests.support.api.deployment import Deployment

MAP = {
    "email": "customer.mail",
    "first_name": "customer.name",
    "timezone": "customer.zone",
    "tags": "tags",
    "fields.company": "org",
}
WELCOME = {"id": "welcome", "kind": "add_tags", "tags": ["welcome"]}


class Hook:
    """A workflow that starts by a hook, and its sender."""

    def __init__(self, at: Deployment, admin: Api, workflow: Any) -> None:
        self.at = at
        self.admin = admin
        self.path = f"/workflows/{workflow['id']}"
        self.id = workflow["id"]
        self.url = ""

    async def view(self) -> Any:
        """The hook as administrators see it."""
        return answered(await self.admin.get(f"{self.path}/hook"))

    async def publish(self) -> None:
        """Publish the draft."""
        answered(await self.admin.post(f"{self.path}/publish"))

    async def send(self, event: Any = None, /, **options: Any) -> int:
        """Send an event as JSON, or what `options` say; returns the status."""
        options = options or {"json": event}
        async with self.at.http.post(self.url, **options) as answer:
            self.headers: Mapping[str, str] = answer.headers
            self.text = await answer.text()
            return answer.status

    async def entering(self) -> list[str]:
        """The contacts whose events may let them enter, in their order."""
        [found] = await read_workspaces(self.at.store.client)
        received = [event for event in found.jobs.events if event["type"] == "hook.received"]
        assert all(event["workflow"] == self.id for event in received)
        return [event["contact"] for event in received]

    async def contacts(self) -> list[Any]:
        """All contacts."""
        return (await self.admin.get("/contacts")).items

    async def reasons(self) -> list[str]:
        """Why events started nothing, newest first."""
        return [miss["reason"] for miss in (await self.view())["misses"]]


async def a_hook(deployment: Deployment, admin: Api, **trigger: Any) -> Hook:
    """The hook of a draft."""
    body = {"name": "New lead", "trigger": {"kind": "hook", "map": MAP, **trigger}, "steps": [WELCOME]}
    hook = Hook(deployment, admin, created(await admin.post("/workflows", body)))
    hook.url = (await hook.view())["url"].replace("http://127.0.0.1:8080", deployment.url)
    return hook
