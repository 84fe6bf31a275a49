"""The calendar and the times of a page that books or moves: read from the use cases, and drawn."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import msgspec

from admitone.domain.errors import CalendarUnreachable
from admitone.domain.people.zone_search import search_zones
from admitone.usecases.times.weeks_view import empty_weeks, nearest_slots, view_weeks
from admitone.web.customer.choice import address_with, around_date, parameters
from admitone.web.customer.picker import Picker, draw
from admitone.web.http.appkeys import SERVICES
from admitone.web.http.html import date_text
from admitone.web.http.zone_file import zone_file_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aiohttp import web

    from admitone.domain.date_text import DateText
    from admitone.store.records.configuration.snapshot import Snapshot
    from admitone.usecases.times.availability import Offer


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """The content of the calendar; all but `day` are starts (epoch seconds).

    `day` is the date to open, None for the first one with times. `checked` is chosen already, `highlight` is
    marked. The times nearest to `gone`, which is no longer free, are shown in place of a day's times. `since`
    is the first time of the part that is shown of a day with very many.
    """

    day: date | None
    highlight: int | None = None
    checked: int | None = None
    gone: int | None = None
    since: int | None = None


async def read_picker(
    request: web.Request, snapshot: Snapshot, offer: Offer, text: DateText, shown: Shown
) -> tuple[Picker, CalendarUnreachable | None]:
    """The calendar and the times; without times, and with the refusal, if calendars cannot be read."""
    services = request.app[SERVICES]
    zone, week_start = text.zone.key, text.reader.week_start
    nearest: Sequence[int] = ()
    unreachable: CalendarUnreachable | None = None
    try:
        weeks = await view_weeks(services, snapshot, offer, zone, shown.day, week_start=week_start)
        if shown.gone:
            nearest = await nearest_slots(services, snapshot, offer, zone, shown.gone)
    except CalendarUnreachable as refusal:
        unreachable = refusal
        weeks = empty_weeks(services, offer, zone, shown.day, week_start=week_start)
    picker = draw(
        text,
        weeks,
        services.now(),
        highlight=shown.highlight,
        checked=shown.checked,
        since=shown.since,
        nearest=nearest,
        around_date=around_date(request),
    )
    return picker, unreachable


class ZoneOption(msgspec.Struct, frozen=True):
    """A time zone that was found; `clock` is the time there now."""

    name: str
    city: str
    country: str
    clock: str


def picker_context(request: web.Request, text: DateText, search: str) -> dict[str, Any]:
    """More values for the picker's templates: links to other days, and the zones that `search` finds."""
    reader, now = text.reader, request.app[SERVICES].now()
    return {
        "address": lambda **changes: address_with(request, **changes),
        "given": {name: value for name, value in parameters(request).items() if name != "timezone"},
        "search": search,
        "zone_file": zone_file_name(reader.language),
        "zones": [
            ZoneOption(one.name, one.city, one.country, date_text(reader, one.name).time(now))
            for one in search_zones(reader.language, search)
        ],
    }
