"""The main job, as a program does it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.support.api.calling import answered, created, refused, token_of

if TYPE_CHECKING:
    from tests.support.api.calling import Api


async def test_a_link_is_issued_booked_moved_and_cancelled(admin: Api, customer: Api) -> None:
    event_type = await admin.new_event_type()
    page = await admin.new_page(event_type)
    link = await admin.new_link(page)
    assert link["status"] == "active"

    starts = await customer.starts(link["code"], "2026-11-19", "2026-11-20")
    assert starts[0] == "2026-11-19T08:00:00Z"
    assert starts[-1] == "2026-11-20T15:30:00Z"
    booking = created(await customer.book(link["code"], starts[0]))
    assert booking["status"] == "scheduled"

    refused(await customer.book(link["code"], starts[1]), 410, "link-booked")

    manage = f"/manage/{token_of(booking)}"
    moved = answered(await customer.post(f"{manage}/reschedule", {"start": starts[1]}))
    assert (moved["status"], moved["start"]) == ("rescheduled", starts[1])
    cancelled = answered(await customer.post(f"{manage}/cancel", {}))
    assert cancelled["status"] == "cancelled"
    refused(await customer.book(link["code"], starts[0]), 410, "link-booked")
