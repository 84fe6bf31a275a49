"""Delete a configuration record: an event type, a pool or a page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from admitone.domain.errors import Forbidden
from admitone.usecases.pages.booking_page_check import release_slug
from admitone.usecases.pages.breaking_links import refuse_breaking
from admitone.usecases.shared.config_change import delete_record, existing
from admitone.usecases.shared.services import refreshed, settle

if TYPE_CHECKING:
    from admitone.domain.pages.booking_page import BookingPage
    from admitone.usecases.shared.services import Caller, Services


async def delete_event_type(
    services: Services, caller: Caller, record_id: str, *, confirm: bool = False
) -> None:
    """Delete an event type; its bookings stay and can be cancelled.

    Raises NotFound, WouldBreakLinks unless told to `confirm`.
    """
    await _delete(services, caller, "event_type", record_id, confirm=confirm)


async def delete_pool(services: Services, caller: Caller, record_id: str, *, confirm: bool = False) -> None:
    """Delete a pool; the rules that name it take no bookings any more. Raises as `delete_event_type`."""
    await _delete(services, caller, "pool", record_id, confirm=confirm)


async def delete_booking_page(
    services: Services, caller: Caller, record_id: str, *, confirm: bool = False
) -> None:
    """Delete a booking page and free its slug; its links become unavailable.

    Raises NotFound, Forbidden, WouldBreakLinks unless told to `confirm`.
    """
    page: BookingPage = await existing(caller, "booking_page", record_id)
    if not caller.is_administrator and page.owner != caller.user.id:
        raise Forbidden
    deleted = await _delete(services, caller, "booking_page", record_id, confirm=confirm)
    await release_slug(services, caller, deleted.slug, record_id)


async def delete_master_page(
    services: Services, caller: Caller, record_id: str, *, confirm: bool = False
) -> None:
    """Delete a master page and free its slug. Raises as `delete_event_type`."""
    deleted = await _delete(services, caller, "master_page", record_id, confirm=confirm)
    await release_slug(services, caller, deleted.slug, record_id)


async def _delete(services: Services, caller: Caller, kind: str, record_id: str, *, confirm: bool) -> Any:
    async def attempt() -> Any | None:
        nonlocal caller
        record = await existing(caller, kind, record_id)
        links = None if confirm else await refuse_breaking(services, caller, (kind, record_id), None)
        if await delete_record(services, caller, kind, record_id, links=links):
            return record
        caller = await refreshed(caller)
        return None

    return await settle(attempt)
