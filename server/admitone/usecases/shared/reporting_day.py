"""The days of reports: those of the workspace's reporting zone (docs/rules/reports.md)."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from admitone.domain.availability.zones import date_at, zone
from admitone.store.records.configuration.snapshot import SETTINGS

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from admitone.domain.people.user import Settings
    from admitone.store.records.configuration.snapshot import Snapshot


async def reporting_day(snapshot: Snapshot, at: int) -> date:
    """The day under which reports count what happens at `at` (epoch seconds)."""
    return _day(await reporting_zone(snapshot), at)


@lru_cache(maxsize=1024)  # much happens in one second
def _day(in_zone: ZoneInfo, at: int) -> date:
    return date.fromordinal(date_at(in_zone, at))


async def reporting_zone(snapshot: Snapshot) -> ZoneInfo:
    """The workspace's reporting zone.

    That is the setting, else the zone of the first administrator, else that of the oldest booking page, else
    UTC. No trip once this process has read them.
    """
    return await snapshot.derived("reporting_zone", lambda: _reporting_zone(snapshot))


async def _reporting_zone(snapshot: Snapshot) -> ZoneInfo:
    settings: Settings | None
    [settings] = await snapshot.load(SETTINGS)
    name = settings.reporting_timezone if settings else None  # None while a workspace is being made
    return zone(name or await _first_zone(snapshot) or "UTC")


async def _first_zone(snapshot: Snapshot) -> str | None:
    for user_id in await snapshot.ids("user"):
        [user] = await snapshot.load(("user", user_id))
        if user is not None and user.active and user.role == "administrator":
            if user.timezone is not None:
                return str(user.timezone)
            break
    for page_id in (await snapshot.ids("booking_page"))[:1]:
        [page] = await snapshot.load(("booking_page", page_id))
        return None if page is None else str(page.schedule.timezone)
    return None
