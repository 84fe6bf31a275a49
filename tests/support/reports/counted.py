"""Counters as scripts write them, without the events that they would count."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from admitone.domain.reports.figures import CHANGES, field_name, month_of
from tests.support.factories import WORKSPACE

if TYPE_CHECKING:
    from admitone.domain.reports.figures import Dimension
    from admitone.store.store import Store


async def count(
    store: Store, figure: str, day: str, number: int = 1, *, of: Dimension = "total", key: str = ""
) -> None:
    """Count a figure, or a bucket of a time, on a day (`2026-11-18`) of the default workspace."""
    at = date.fromisoformat(day)
    report = store.keys(WORKSPACE).report(of, month_of(at))
    await store.client.hincrby(report, field_name(figure, at, key), number)
    await store.client.hincrby(store.keys(WORKSPACE).report("total", month_of(at)), CHANGES, 1)
