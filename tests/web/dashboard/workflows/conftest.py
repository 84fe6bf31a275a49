"""A workflow whose editor is used without scripts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.support.api.calling import answered, created

if TYPE_CHECKING:
    from tests.support.api.calling import Api
    from tests.support.dashboard.server import DashboardServer

WORKFLOWS = "/dashboard/workflows"
STEPS = [
    {"id": "link", "kind": "generate_one_time_booking_link"},
    {"id": "mail", "kind": "send_email", "subject": "Your link", "text": "Hello"},
    {"id": "way", "kind": "if", "then": [{"id": "tag", "kind": "add_tags", "tags": ["vip"]}]},
]


class Editor:
    """Posts the forms of one workflow's editor."""

    def __init__(self, dashboard: DashboardServer, user: Api, workflow: str) -> None:
        self.dashboard, self.user, self.workflow = dashboard, user, workflow
        self.path = f"{WORKFLOWS}/{workflow}"

    async def show(self, below: str = "") -> str:
        answer = await self.dashboard.get(self.user, f"{self.path}{below}")
        assert answer.status == 200, below
        return " ".join((await answer.text()).split())

    async def post(self, below: str, **fields: str) -> Any:
        known = {"revision": str((await self.draft())["revision"])}
        return await self.dashboard.post(self.user, f"{self.path}{below}", **known | fields)

    async def save(self, below: str, **fields: str) -> Any:
        """As autosave sends a form."""
        known = {"revision": str((await self.draft())["revision"])}
        path = f"{self.path}{below}"
        return await self.dashboard.send(
            self.user, path, known | fields, Accept="application/json, text/html"
        )

    async def draft(self) -> Any:
        return answered(await self.user.get(f"/workflows/{self.workflow}"))

    async def steps(self) -> Any:
        return (await self.draft())["steps"]


@pytest.fixture
async def editor(dashboard: DashboardServer, admin: Api) -> Editor:
    """A workflow with a link, a mail and an *If/else*."""
    made = created(await admin.post("/workflows", {"name": "New leads", "steps": STEPS}))
    return Editor(dashboard, admin, made["id"])
