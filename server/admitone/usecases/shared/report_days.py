"""Days that a table selects, as instants."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from admitone.domain.reports.day_range import begin_of, refuse_wrong_range
from admitone.usecases.shared.listing import Bounds
from admitone.usecases.shared.reporting_day import reporting_zone

if TYPE_CHECKING:
    from datetime import date

    from admitone.usecases.shared.services import Caller


async def bounds_of(caller: Caller, first: date | None, last: date | None) -> Bounds:
    """When the days from one date to another, both inclusive, begin and end; None is no bound.

    The dates are those of the reporting zone. Raises Invalid for a wrong range.
    """
    refuse_wrong_range(first, last)
    zone = await reporting_zone(caller.snapshot)
    return Bounds(
        None if first is None else begin_of(first, zone),
        None if last is None else begin_of(last + timedelta(days=1), zone),
    )
