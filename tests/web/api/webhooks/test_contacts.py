"""What an endpoint is told of contacts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.support.api.calling import answered, created

if TYPE_CHECKING:
    from tests.support.webhooks.receiver import Receiver
    from tests.web.api.webhooks.conftest import WorkspaceWithWebhooks


async def test_a_new_contact_and_each_new_tag_are_told(
    workspace: WorkspaceWithWebhooks, receiver: Receiver
) -> None:
    await workspace.hook(receiver.url, "contact.created", "contact.tagged")
    body = {"email": "carla@customer.test", "first_name": "Carla", "tags": ["lead"], "fields": {"size": "40"}}
    made = created(await workspace.admin.post("/contacts", body))
    answered(await workspace.admin.patch(f"/contacts/{made['id']}", {"first_name": "Clara"}))
    await workspace.work()
    told = {name: made[name] for name in ("id", "email", "last_name", "phone", "timezone", "locale")}
    told |= {"first_name": "Clara", "tags": ["lead"], "fields": {"size": "40"}}
    assert {one.message["type"]: one.message["data"]["contact"] for one in receiver.received} == {
        "contact.created": told | {"tag": None},
        "contact.tagged": told | {"tag": "lead"},
    }


async def test_nothing_is_told_of_a_contact_that_is_gone(
    workspace: WorkspaceWithWebhooks, receiver: Receiver
) -> None:
    await workspace.hook(receiver.url, "contact.created")
    made = created(await workspace.admin.post("/contacts", {"email": "carla@customer.test"}))
    await workspace.admin.delete(f"/contacts/{made['id']}")
    await workspace.work()
    assert receiver.received == []
