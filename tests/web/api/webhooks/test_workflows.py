"""A webhook is told when a workflow is published and unpublished."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.support.api.calling import answered, created

if TYPE_CHECKING:
    from tests.support.webhooks.receiver import Receiver
    from tests.web.api.webhooks.conftest import WorkspaceWithWebhooks


async def test_publishing_and_unpublishing_are_told(
    workspace: WorkspaceWithWebhooks, receiver: Receiver
) -> None:
    await workspace.hook(receiver.url, "workflow.published", "workflow.unpublished")
    draft = {"name": "New lead", "steps": [{"id": "stop", "kind": "stop"}]}
    path = f"/workflows/{created(await workspace.admin.post('/workflows', draft))['id']}"
    for call in ("publish", "pause", "unpublish"):
        answered(await workspace.admin.post(f"{path}/{call}"))
    await workspace.work()
    told = [one.message for one in receiver.received]
    assert [message["type"] for message in told] == ["workflow.published", "workflow.unpublished"]
    assert {message["data"]["workflow"] for message in told} == {path.rpartition("/")[2]}
    assert all("run" not in message["data"] for message in told)
