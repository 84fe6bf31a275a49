"""Days that a table selects, as instants."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import msgspec

from admitone.domain.reports.day_range import begin_of, refuse_wrong_range
from admitone.usecases.shared.reporting_day import reporting_zone

if TYPE_CHECKING:
    from datetime import date

    from admitone.usecases.shared.services import Caller


class Bounds(msgspec.Struct, frozen=True):
    """From `first`, included, to `last`, excluded, in epoch seconds; None is no bound."""

    first: int | None = None
    last: int | None = None

    def hold(self, at: int) -> bool:
        """Whether an instant is within the bounds."""
        return (self.first is None or at >= self.first) and (self.last is None or at < self.last)


EVER = Bounds()


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
