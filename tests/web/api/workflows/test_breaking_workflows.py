"""Before a published workflow loses what it needs, the change is refused with the workflow's id."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.support.api.calling import Api, a_rule, answered, created, refused

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.support.api.deployment import Deployment

STOP = {"id": "stop", "kind": "stop"}


class Needed:
    """A page of a member's, a master page over it, a webhook, and a workflow of an administrator's."""

    def __init__(self, admin: Api, member: Api) -> None:
        self.admin = admin
        self.member = member
        self.half: Any = None
        self.hour: Any = None
        self.page: Any = None
        self.master: Any = None
        self.webhook: Any = None
        self.workflow: Any = None

    async def make(self) -> None:
        self.half, self.hour = [await self.admin.new_event_type(duration_minutes=m) for m in (30, 60)]
        self.page = await self.member.new_page(self.half, self.hour)
        self.master = await self.admin.new_master_page(
            a_rule(self.half, await self.admin.new_pool(self.page))
        )
        hook = {"endpoint": "https://crm.example.com/hook", "events": ["link.created"]}
        self.webhook = created(await self.admin.post("/webhooks", hook))

    async def publish(self, **body: Any) -> None:
        """A published workflow with these values."""
        self.workflow = created(
            await self.admin.post("/workflows", {"name": "New lead", "steps": [STOP], **body})
        )
        answered(await self.admin.post(f"/workflows/{self.workflow['id']}/publish"))

    def link(self, page: Any, **more: Any) -> Mapping[str, Any]:
        return {
            "steps": [{"id": "link", "kind": "generate_one_time_booking_link", "page": page["id"], **more}]
        }


@pytest.fixture
async def needed(admin: Api, member: Api) -> Needed:
    made = Needed(admin, member)
    await made.make()
    return made


async def test_what_makes_links_is_not_lost_unasked(needed: Needed, admin: Api) -> None:
    await needed.publish(**needed.link(needed.page, event_type=needed.hour["id"]))
    page = f"/booking-pages/{needed.page['id']}"
    for method, path, body in (
        ("PATCH", page, {"enabled": False}),
        ("PATCH", page, {"event_types": [needed.half["id"]]}),
        ("DELETE", page, None),
        ("DELETE", f"/event-types/{needed.hour['id']}", None),
        ("PATCH", f"/users/{needed.member.user}", {"active": False}),
    ):
        reply = await admin.call(method, path, body)
        refused(reply, 409, "would-break-workflows")
        assert (reply.body["workflows"], reply.body["links"]) == ([needed.workflow["id"]], 0)
        assert "“New lead”" in reply.body["detail"]
    assert (await admin.delete(f"/event-types/{needed.half['id']}")).status == 204
    await admin.new_link(needed.page)
    reply = await admin.delete(page)
    refused(reply, 409, "would-break-workflows")
    assert reply.body["links"] == 1
    assert "1 link not used yet" in reply.body["detail"]
    assert (await admin.delete(page, confirm=1)).status == 204


async def test_a_master_page_is_not_lost_unasked(needed: Needed, admin: Api) -> None:
    await needed.publish(**needed.link(needed.master))
    for path in (f"/master-pages/{needed.master['id']}", f"/booking-pages/{needed.page['id']}"):
        refused(await admin.delete(path), 409, "would-break-workflows")


@pytest.mark.parametrize("which", ["page", "event_type"])
async def test_what_a_trigger_waits_for_is_not_deleted_unasked(
    needed: Needed, admin: Api, which: str
) -> None:
    of_page = which == "page"
    record = needed.page if of_page else needed.hour
    path = f"/{'booking-pages' if of_page else 'event-types'}/{record['id']}"
    await needed.publish(trigger={"kind": "booking.scheduled", "filters": {which: record["id"]}})
    refused(await admin.delete(path), 409, "would-break-workflows")
    answered(await admin.patch(path, {"enabled": False} if of_page else {"name": "Hour"}))
    assert (await admin.delete(path, confirm=1)).status == 204


async def test_a_webhook_is_not_deleted_unasked(needed: Needed, admin: Api) -> None:
    await needed.publish(steps=[{"id": "call", "kind": "call_webhook", "webhook": needed.webhook["id"]}])
    path = f"/webhooks/{needed.webhook['id']}"
    refused(await admin.delete(path), 409, "would-break-workflows")
    assert (await admin.delete(path, confirm=1)).status == 204


async def test_who_sends_does_not_leave_unasked(needed: Needed, admin: Api, deployment: Deployment) -> None:
    sender = await deployment.user("administrator", name="Sam Sender")
    await needed.publish(sender=sender.user)
    for reply in (
        await admin.patch(f"/users/{sender.user}", {"active": False}),
        await sender.in_session().post("/me/leave"),
    ):
        refused(reply, 409, "would-break-workflows")
    answered(await admin.patch(f"/users/{sender.user}", {"role": "member"}))
    answered(await admin.patch(f"/users/{sender.user}", {"active": False}, confirm=1))


async def test_only_published_versions_count(needed: Needed, admin: Api) -> None:
    await needed.publish(**needed.link(needed.page))
    path = f"/workflows/{needed.workflow['id']}"
    answered(await admin.patch(path, {"steps": []}))
    refused(await admin.delete(f"/booking-pages/{needed.page['id']}"), 409, "would-break-workflows")
    answered(await admin.post(f"{path}/unpublish"))
    assert (await admin.delete(f"/booking-pages/{needed.page['id']}")).status == 204
