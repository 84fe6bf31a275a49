"""A pool as the API shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from admitone.domain.instant import Instant
from admitone.domain.pages.pool import Pool, PoolBody

if TYPE_CHECKING:
    from admitone.usecases.shared.services import Services


class PoolView(PoolBody, frozen=True, kw_only=True):
    """What was written, with defaults."""

    id: str
    url: str
    created_at: Instant


def view_pool(services: Services, record: Pool) -> PoolView:
    """The view of a pool."""
    values = {field: getattr(record, field) for field in record.__struct_fields__} | {
        "url": f"{services.public_url}/api/v1/pools/{record.id}",
        "created_at": Instant(record.created_at),
    }
    return PoolView(**values)


def pool_record(body: PoolBody, *, record_id: str, created_at: int) -> Pool:
    """The record of a pool that was written as `body`."""
    return Pool(**msgspec.structs.asdict(body), id=record_id, created_at=created_at)
