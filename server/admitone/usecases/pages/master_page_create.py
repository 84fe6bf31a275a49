"""Create a master page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from admitone.usecases.pages.booking_page_check import claim_slug
from admitone.usecases.pages.master_page_check import check_master_page
from admitone.usecases.pages.master_page_view import master_page_record, view_master_page
from admitone.usecases.shared.config_change import create_record, earlier_answer
from admitone.usecases.shared.services import new_id

if TYPE_CHECKING:
    from admitone.domain.pages.master_page import MasterPageBody
    from admitone.usecases.shared.services import Caller, Services


async def create_master_page(services: Services, caller: Caller, body: MasterPageBody) -> Any:
    """The new page's view; raises Invalid, SlugInUse, IdempotencyKeyReused.

    Slugs are those of booking pages too, and are claimed as theirs are (booking_page_create.py).
    """
    if (earlier := earlier_answer(services, caller)) is not None:
        return earlier
    await check_master_page(caller, body)
    claim = await claim_slug(services, caller, body.slug, new_id())
    record = master_page_record(body, record_id=claim.record, created_at=services.now())
    view = view_master_page(services, record)
    return await create_record(services, caller, "master_page", record, view, claimed=claim.at)
