"""A master page as the API shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from admitone.domain.instant import Instant
from admitone.domain.pages.master_page import MasterPage, MasterPageBody

if TYPE_CHECKING:
    from admitone.usecases.shared.services import Services


class MasterPageView(MasterPageBody, frozen=True, kw_only=True):
    """What was written, with defaults; `url` is the general link's address."""

    id: str
    url: str
    created_at: Instant


def view_master_page(services: Services, record: MasterPage) -> MasterPageView:
    """The view of a master page."""
    values = {field: getattr(record, field) for field in record.__struct_fields__} | {
        "url": f"{services.public_url}/{record.slug}",
        "created_at": Instant(record.created_at),
    }
    return MasterPageView(**values)


def master_page_record(body: MasterPageBody, *, record_id: str, created_at: int) -> MasterPage:
    """The record of a master page that was written as `body`."""
    return MasterPage(**msgspec.structs.asdict(body), id=record_id, created_at=created_at)
