"""Resource pools: `/api/v1/pools`."""

from __future__ import annotations

from admitone.usecases.pages.pools import POOLS
from admitone.web.api.records import record_handlers

list_, create, get, update, delete = record_handlers(
    POOLS, "pool", one="a resource pool", many="resource pools"
)
