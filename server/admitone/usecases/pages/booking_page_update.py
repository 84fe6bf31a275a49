"""Change a booking page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from admitone.domain.errors import Forbidden
from admitone.domain.pages.booking_page import BookingPage, BookingPageBody
from admitone.usecases.pages.booking_page_check import check_page, claim_slug, release_slug
from admitone.usecases.pages.booking_page_view import BookingPageView, page_record, view_booking_page
from admitone.usecases.pages.breaking_links import refuse_breaking
from admitone.usecases.shared.config_change import existing, patched, replace_record
from admitone.usecases.shared.services import refreshed, settle

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from admitone.usecases.shared.services import Caller, Services


async def update_booking_page(
    services: Services,
    caller: Caller,
    record_id: str,
    patch: Mapping[str, Any],
    convert: Callable[[object, type[BookingPageBody]], BookingPageBody],
    *,
    confirm: bool = False,
) -> BookingPageView:
    """Apply a merge patch; `convert` makes a body of a document.

    Raises NotFound, Forbidden (somebody else's page, or another owner), Invalid, SlugInUse, WouldBreakLinks
    unless told to `confirm`.
    """

    async def attempt() -> tuple[BookingPage, BookingPage] | None:
        nonlocal caller
        before: BookingPage = await existing(caller, "booking_page", record_id)
        if not caller.is_administrator and before.owner != caller.user.id:
            raise Forbidden
        body = convert(patched(before, BookingPageBody, patch), BookingPageBody)
        owner = await check_page(caller, body, before)
        record = page_record(body, record_id=before.id, owner=owner, created_at=before.created_at)
        links = claim = None
        if not confirm and _may_break(before, record):
            links = await refuse_breaking(services, caller, ("booking_page", record.id), record)
        if record.slug != before.slug:
            claim = await claim_slug(services, caller, record.slug, record.id)
        if await replace_record(
            services, caller, "booking_page", record, claimed=claim.at if claim else None, links=links
        ):
            return before, record
        caller = await refreshed(caller)
        return None

    before, record = await settle(attempt)
    if record.slug != before.slug:
        await release_slug(services, caller, before.slug, before.id)
    return view_booking_page(services, record)


def _may_break(before: BookingPage, after: BookingPage) -> bool:
    """Whether the change takes anything from anybody: most do not, and need no counting."""
    is_less = before.enabled and (not after.enabled or not set(before.event_types) <= set(after.event_types))
    return is_less or before.owner != after.owner
