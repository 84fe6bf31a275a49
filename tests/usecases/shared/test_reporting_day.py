"""The days of reports are those of the reporting zone."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import pytest

from admitone.domain.availability.schedule import Schedule
from admitone.usecases.shared.reporting_day import reporting_day, reporting_zone
from tests.support.factories import a_booking_page, a_user, some_settings
from tests.support.store.actions import a_store, a_write, put_records, read

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from admitone.store.store import Store


@pytest.fixture
async def store(redis_url: str) -> AsyncIterator[Store]:
    """A store on a Redis that is empty."""
    async with a_store(redis_url) as store:
        yield store


async def _zone(store: Store, *writes: Any) -> str:
    await put_records(store, *writes)
    return (await reporting_zone(await read(store))).key or ""


async def test_the_zone_is_the_settings_else_the_first_administrators_else_the_oldest_pages(
    store: Store,
) -> None:
    member = a_user(id="a", timezone="Asia/Tokyo")
    first = a_user(id="b", role="administrator")
    second = a_user(id="c", role="administrator", timezone="America/Lima")
    assert await _zone(store, a_write("settings", some_settings()), a_write("user", member)) == "UTC"
    page = a_booking_page(schedule=Schedule("Europe/Rome"))
    assert await _zone(store, a_write("user", first), a_write("booking_page", page)) == "Europe/Rome"
    assert await _zone(store, a_write("user", second)) == "Europe/Rome"
    here = a_user(id="d", role="administrator", timezone="Europe/Oslo", active=False)
    assert await _zone(store, a_write("user", here)) == "Europe/Rome"


async def test_an_administrator_who_was_deactivated_is_passed_over(store: Store) -> None:
    first = a_user(id="b", role="administrator", timezone="Europe/Oslo", active=False)
    second = a_user(id="c", role="administrator", timezone="America/Lima", created_at=first.created_at + 1)
    writes = (a_write("settings", some_settings()), a_write("user", first), a_write("user", second))
    assert await _zone(store, *writes) == "America/Lima"


@pytest.mark.parametrize(
    ("at", "day"),
    [
        ("2026-03-29T00:59:59+01:00", date(2026, 3, 29)),
        ("2026-03-28T23:59:59+01:00", date(2026, 3, 28)),
        ("2026-10-25T23:59:59+01:00", date(2026, 10, 25)),
        ("2026-10-25T23:59:59+02:00", date(2026, 10, 25)),
        ("2026-10-25T23:00:00+00:00", date(2026, 10, 26)),
    ],
)
async def test_a_day_lasts_from_midnight_to_midnight_when_clocks_change(
    store: Store, at: str, day: date
) -> None:
    await put_records(store, a_write("settings", some_settings(reporting_timezone="Europe/Paris")))
    assert await reporting_day(await read(store), int(datetime.fromisoformat(at).timestamp())) == day
