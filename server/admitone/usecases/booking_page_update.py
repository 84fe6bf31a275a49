"""Change a booking page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from admitone.domain.booking_page import BookingPage, BookingPageBody
from admitone.domain.errors import Forbidden
from admitone.store.directory import look_up, release_name
from admitone.usecases.booking_page_check import check_page, claim_slug
from admitone.usecases.booking_page_view import BookingPageView, page_record, view_booking_page
from admitone.usecases.config_change import existing, patched, replace_record
from admitone.usecases.services import refreshed, settle

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from admitone.usecases.services import Caller, Services


async def update_booking_page(
    services: Services,
    caller: Caller,
    record_id: str,
    patch: Mapping[str, Any],
    convert: Callable[[object, type[BookingPageBody]], BookingPageBody],
) -> BookingPageView:
    """Apply a merge patch; `convert` makes a body of a document.

    Raises NotFound, Forbidden (somebody else's page, or another owner), Invalid, SlugInUse.
    """

    async def attempt() -> tuple[BookingPage, BookingPage] | None:
        nonlocal caller
        before: BookingPage = await existing(caller, "booking_page", record_id)
        if not caller.is_administrator and before.owner != caller.user.id:
            raise Forbidden
        body = convert(patched(before, BookingPageBody, patch), BookingPageBody)
        owner = await check_page(caller, body, before)
        record = page_record(body, record_id=before.id, owner=owner, created_at=before.created_at)
        claim = None
        if record.slug != before.slug:
            claim = await claim_slug(services, caller, record.slug, record.id)
        if await replace_record(
            services, caller, "booking_page", record, claimed=claim.at if claim else None
        ):
            return before, record
        caller = await refreshed(caller)
        return None

    before, record = await settle(attempt)
    if record.slug != before.slug:
        await _release(services, caller, before)
    return view_booking_page(services, record)


async def _release(services: Services, caller: Caller, before: BookingPage) -> None:
    claim = await look_up(services.store, "slug", before.slug)
    if claim is not None and (claim.workspace, claim.record) == (caller.workspace, before.id):
        await release_name(services.store, "slug", before.slug, claim)
