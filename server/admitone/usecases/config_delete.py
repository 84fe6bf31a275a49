"""Delete a configuration record: an event type or a page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from admitone.domain.errors import Forbidden
from admitone.store.directory import look_up, release_name
from admitone.usecases.config_change import delete_record, existing
from admitone.usecases.services import refreshed, settle

if TYPE_CHECKING:
    from admitone.domain.booking_page import BookingPage
    from admitone.usecases.services import Caller, Services


async def delete_event_type(services: Services, caller: Caller, record_id: str) -> None:
    """Delete an event type; its bookings stay and can be cancelled. Raises NotFound."""
    await _delete(services, caller, "event_type", record_id)


async def delete_booking_page(services: Services, caller: Caller, record_id: str) -> None:
    """Delete a booking page and free its slug; its links become unavailable. Raises NotFound, Forbidden."""
    page: BookingPage = await existing(caller, "booking_page", record_id)
    if not caller.is_administrator and page.owner != caller.user.id:
        raise Forbidden
    deleted: BookingPage = await _delete(services, caller, "booking_page", record_id)
    claim = await look_up(services.store, "slug", deleted.slug)
    if claim is not None and (claim.workspace, claim.record) == (caller.workspace, record_id):
        await release_name(services.store, "slug", deleted.slug, claim)


async def _delete(services: Services, caller: Caller, kind: str, record_id: str) -> Any:
    async def attempt() -> Any | None:
        nonlocal caller
        record = await existing(caller, kind, record_id)
        if await delete_record(services, caller, kind, record_id):
            return record
        caller = await refreshed(caller)
        return None

    return await settle(attempt)
