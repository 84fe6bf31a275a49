"""The customers' pages in every state that they have."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from tests.support.customer.host import path_of
from tests.support.customer.unsubscribing import CARLA as CONTACT
from tests.support.customer.unsubscribing import ONE_CLICK, unsubscribe_path
from tests.support.customer.visitor import CARLA, Visitor

if TYPE_CHECKING:
    from tests.support.customer.host import Host

QUESTIONS = [
    {"id": "company", "label": "Company", "kind": "text", "required": True},
    {"id": "size", "label": "Size of the team", "kind": "select", "options": ["Small", "Large"]},
    {"id": "phone", "label": "Telephone", "kind": "phone"},
    {"id": "plans", "label": "Your plans", "kind": "textarea"},
    {"id": "agreed", "label": "I have read the terms", "kind": "checkbox", "required": True},
]
POLICY = {
    "cancel": {"allow": "until", "minutes": 60},
    "reason": "required",
    "text": "Please tell us early.\nThank you.",
}


async def every_state(host: Host) -> dict[str, str]:
    """The path of each state that a GET can show."""
    customer = host.deployment.customer
    hour = await host.api.new_event_type(
        name="An hour", duration_minutes=60, description="For everything else.", policy=POLICY
    )
    found = {
        "visit": await host.path(),
        "highlighted": f"{await host.path()}?t=2026-11-20T10:00:00Z",
        "skipped": path_of(await host.link(person=CARLA)),
        "general": "/hanna-page",
        "booked": await host.booked("2026-11-19T09:00:00Z"),
        "privacy": "/privacy",
        "unknown": "/.0ABC0000000000000000",
    }
    for action in ("cancel", "erase", "reschedule"):
        found[action] = f"{found['booked']}/{action}"
    cancelled = found["cancelled"] = await host.booked("2026-11-19T10:00:00Z")
    await customer.post(f"{cancelled}/cancel", {"reason": "Ill"})
    moved = found["moved"] = await host.booked("2026-11-19T11:00:00Z")
    await customer.post(f"{moved}/reschedule", {"start": "2026-11-19T12:00:00Z"})
    used = await host.link()
    await customer.booked(used["code"], "2026-11-19T14:00:00Z")
    revoked = await host.link()
    await host.api.post(f"/links/{revoked['id']}/revoke", {})
    found |= {"used": path_of(used), "revoked": path_of(revoked)}
    other = msgspec.structs.replace(CONTACT, email="otto@customer.test")
    left = found["unsubscribed"] = await unsubscribe_path(host.deployment, other)
    await Visitor(host.deployment.http, host.deployment.url).post(left, ONE_CLICK)
    found["unsubscribe"] = await unsubscribe_path(host.deployment)
    await host.change("page", form=QUESTIONS, event_types=[host.event_type["id"], hour["id"]])
    found["choice"] = await host.path()
    found["questions"] = await host.path(event_type=hour["id"])
    return found
