"""Counters as scripts write them, without the events that they would count."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from admitone.domain.reports.figures import CHANGES, RESERVED, ROW, month_of, place_of, row_name
from tests.support.factories import WORKSPACE

if TYPE_CHECKING:
    from admitone.domain.reports.figures import Dimension
    from admitone.store.store import Store


async def count(
    store: Store, figure: str, day: str, number: int = 1, *, of: Dimension = "total", key: str = ""
) -> None:
    """Count a figure, or a bucket such as `lead.7`, on a day (`2026-11-18`) of the default workspace."""
    at, name = date.fromisoformat(day), row_name(of, key)
    table = store.keys(WORKSPACE).report(month_of(at), is_domain=of == "domain")
    row = 0
    if name:
        new = await store.client.hlen(table.rows) + (0 if of == "domain" else RESERVED)
        await store.client.hsetnx(table.rows, name, str(new))
        row = int(await store.client.hget(table.rows, name) or 0)
    await _add(store, table.counters, row * ROW + place_of(figure, at), number)
    total = store.keys(WORKSPACE).report(month_of(at), is_domain=False)
    await _add(store, total.counters, CHANGES, 1)


async def _add(store: Store, counters: str, place: int, number: int) -> None:
    await store.client.bitfield(counters).incrby("i32", f"#{place}", number).execute()
