"""Change a master page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from admitone.domain.pages.master_page import MasterPage, MasterPageBody
from admitone.usecases.pages.booking_page_check import claim_slug, release_slug
from admitone.usecases.pages.breaking_links import refuse_breaking
from admitone.usecases.pages.master_page_check import check_master_page
from admitone.usecases.pages.master_page_view import MasterPageView, master_page_record, view_master_page
from admitone.usecases.shared.config_change import existing, patched, replace_record
from admitone.usecases.shared.services import refreshed, settle

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from admitone.usecases.shared.services import Caller, Services


async def update_master_page(
    services: Services,
    caller: Caller,
    record_id: str,
    patch: Mapping[str, Any],
    convert: Callable[[object, type[MasterPageBody]], MasterPageBody],
    *,
    confirm: bool = False,
) -> MasterPageView:
    """Apply a merge patch; `convert` makes a body of a document.

    The definition of the rule type that is not in force stays, for switching back.

    Raises NotFound, Invalid, SlugInUse, WouldBreakLinks unless told to `confirm`.
    """

    async def attempt() -> tuple[MasterPage, MasterPage] | None:
        nonlocal caller
        before: MasterPage = await existing(caller, "master_page", record_id)
        body = convert(patched(before, MasterPageBody, patch), MasterPageBody)
        await check_master_page(caller, body)
        record = master_page_record(body, record_id=before.id, created_at=before.created_at)
        links = claim = None
        if not confirm:
            links = await refuse_breaking(services, caller, ("master_page", record.id), record)
        if record.slug != before.slug:
            claim = await claim_slug(services, caller, record.slug, record.id)
        if await replace_record(
            services, caller, "master_page", record, claimed=claim.at if claim else None, links=links
        ):
            return before, record
        caller = await refreshed(caller)
        return None

    before, record = await settle(attempt)
    if record.slug != before.slug:
        await release_slug(services, caller, before.slug, before.id)
    return view_master_page(services, record)
